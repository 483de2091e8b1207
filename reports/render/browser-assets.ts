import { fileURLToPath } from 'node:url'
import { build, stop } from 'esbuild'

/** The style and the script of a page, small enough to be part of it. */
export interface BrowserAssets {
  readonly style: string
  readonly script: string
}

let bundled: Promise<BrowserAssets> | undefined

/** Bundled once a process from `render/browser`, the chart library included. */
export function browserAssets(): Promise<BrowserAssets> {
  bundled ??= bundle()
  return bundled
}

async function bundle(): Promise<BrowserAssets> {
  const path = (name: string) => fileURLToPath(new URL(`browser/${name}`, import.meta.url))
  const { outputFiles } = await build({
    entryPoints: [path('page.ts'), path('page.css')],
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
