import { mkdir, readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { browserAssets } from '../render/browser-assets.ts'
import { renderMatrix } from '../render/matrix-page.ts'
import { replaceFile } from '../write-record.ts'
import { type MatrixRecord, matrixSchema } from './matrix.ts'

const folderOf = (root: string) => join(root, 'mutants')

/** Keeps the newest matrix of its kind below a reports folder, as JSON and as a page, and gives the path of the page. */
export async function storeMatrix(root: string, matrix: MatrixRecord): Promise<string> {
  const folder = folderOf(root)
  await mkdir(folder, { recursive: true })
  const page = join(folder, `${matrix.where}.html`)
  await replaceFile(join(folder, `${matrix.where}.json`), `${JSON.stringify(matrix)}\n`)
  const { style } = await browserAssets()
  await replaceFile(page, renderMatrix(matrix, style))
  return page
}

/** Every matrix that is kept there. What is no matrix of this version is left out. */
export async function storedMatrices(root: string): Promise<readonly MatrixRecord[]> {
  const folder = folderOf(root)
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith('.json')).sort()
  const read = await Promise.all(names.map((name) => readMatrix(join(folder, name)).catch(() => undefined)))
  return read.filter((matrix) => matrix !== undefined)
}

/** A matrix from a file. Throws HARNESS_RECORD_INVALID for anything else. */
export async function readMatrix(path: string): Promise<MatrixRecord> {
  const text = await readFile(path, 'utf8').catch((error: Error) => error)
  if (text instanceof Error) throw invalid(path, text.message)
  const parsed = matrixSchema.safeParse(parsedJson(text))
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  throw invalid(path, `${issue?.path.join('.') || 'the whole'}: ${issue?.message}`)
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function invalid(path: string, why: string): HarnessError {
  return new HarnessError(
    'HARNESS_RECORD_INVALID',
    `expected a matrix of mutants in ${path}: ${why}`,
    '`npm run seawall -- mutants --json > FILE` writes one',
  )
}
