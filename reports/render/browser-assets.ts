import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'

/** The style and the script of a page, small enough to be part of it. */
export interface BrowserAssets {
  readonly style: string
  readonly script: string
}

/** The pages that there are, by the names of their script and style in `render/browser`. */
type PageName = 'page' | 'live'

const bundled = new Map<PageName, Promise<BrowserAssets>>()
/** One after the other: the bundler's service is stopped after each, and would take the other one with it. */
let last: Promise<unknown> = Promise.resolve()

/** Bundled once a process from `render/browser`, the chart library included. */
export function browserAssets(name: PageName = 'page'): Promise<BrowserAssets> {
  const known = bundled.get(name)
  if (known !== undefined) return known
  const assets = last.then(() => bundle(name))
  last = assets.catch(() => undefined)
  bundled.set(name, assets)
  return assets
}

async function bundle(page: PageName): Promise<BrowserAssets> {
  const path = (name: string) => fileURLToPath(new URL(`browser/${name}`, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [path(`${page}.ts`), path(`${page}.css`)],
    outdir: path('.'),
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  })
  // Its service would keep no process alive, but there is no more work for it.
  await stop()
  const text = (end: string) => outputFiles.find((file) => file.path.endsWith(end))?.text ?? ''
  return { style: inElement(text('.css')), script: inElement(text('.js')) }
}

/** "</" would end the element early; both languages may write it with an escape. */
function inElement(text: string): string {
  return text.trim().replaceAll('</', '<\\/')
}
