import { join } from 'node:path'
import { grafanaAnnotations } from './annotations.ts'
import { storedMatrices } from './matrix/store-matrix.ts'
import { readRun } from './read-run.ts'
import { browserAssets } from './render/browser-assets.ts'
import { renderHtml } from './render/html.ts'
import { renderIndex } from './render/index-page.ts'
import { renderJunit } from './render/junit.ts'
import { renderMarkdown } from './render/markdown.ts'
import { reportsRootOf } from './reports-root.ts'
import type { RunRecord } from './run-record.ts'
import { readTrend } from './trend/read-trend.ts'
import { replaceFile } from './write-record.ts'

export interface RenderedReport {
  readonly record: RunRecord
  /** Absolute or relative like the folder that was given: report.html, junit.xml, summary.md, annotations.json, replay.txt. */
  readonly files: readonly string[]
}

/**
 * Writes every format of a run's report into its folder, from `run.json` and the history. Works for a run that was
 * killed: what is missing is said to be missing. The list of all runs, `index.html` of the reports folder, is written
 * again. Throws HARNESS_RECORD_INVALID if there is no record.
 */
export async function renderAll(folder: string): Promise<RenderedReport> {
  const [input, assets] = await Promise.all([readRun(folder), browserAssets()])
  const { record } = input
  const pages: readonly (readonly [string, string])[] = [
    ['replay.txt', `${record.replay}\n`],
    ['junit.xml', renderJunit(record)],
    ['summary.md', renderMarkdown(record)],
    ['annotations.json', `${JSON.stringify(grafanaAnnotations(record), undefined, 2)}\n`],
    ['report.html', renderHtml(input, assets)],
  ]
  for (const [name, text] of pages) await replaceFile(join(folder, name), text)
  await renderIndexOf(folder, assets.style)
  return { record, files: pages.map(([name]) => join(folder, name)) }
}

async function renderIndexOf(folder: string, style: string): Promise<void> {
  const root = await reportsRootOf(folder)
  if (root === undefined) return
  await renderIndexPage(root, style)
}

/** The list of all runs and matrices of a reports folder, written again. */
export async function renderIndexPage(root: string, style: string): Promise<void> {
  const [{ rows }, matrices] = await Promise.all([readTrend(root), storedMatrices(root)])
  await replaceFile(join(root, 'index.html'), renderIndex(rows, style, matrices))
}
