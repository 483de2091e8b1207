import type { MatrixRecord } from './matrix/matrix.ts'
import { storeMatrix } from './matrix/store-matrix.ts'
import { browserAssets } from './render/browser-assets.ts'
import { renderIndexPage } from './render-all.ts'

/** Keeps a matrix and its page below a reports folder, with a link from the list of all runs; gives the page's path. */
export async function keepMatrix(root: string, matrix: MatrixRecord): Promise<string> {
  const page = await storeMatrix(root, matrix)
  await renderIndexPage(root, (await browserAssets()).style)
  return page
}
