import { join } from 'node:path'
import { readRun } from './read-run.ts'
import { browserAssets } from './render/browser-assets.ts'
import { renderHtml } from './render/html.ts'
import { renderJunit } from './render/junit.ts'
import { renderMarkdown } from './render/markdown.ts'
import type { RunRecord } from './run-record.ts'
import { replaceFile } from './write-record.ts'

export interface RenderedReport {
  readonly record: RunRecord
  /** Absolute or relative like the folder that was given: report.html, junit.xml, summary.md, replay.txt. */
  readonly files: readonly string[]
}

/**
 * Writes every format of a run's report into its folder, from `run.json` and the history. Works for a run that was
 * killed: what is missing is said to be missing. Throws HARNESS_RECORD_INVALID if there is no record.
 */
export async function renderAll(folder: string): Promise<RenderedReport> {
  const input = await readRun(folder)
  const { record } = input
  const pages: readonly (readonly [string, string])[] = [
    ['replay.txt', `${record.replay}\n`],
    ['junit.xml', renderJunit(record)],
    ['summary.md', renderMarkdown(record)],
    ['report.html', renderHtml(input, await browserAssets())],
  ]
  for (const [name, text] of pages) await replaceFile(join(folder, name), text)
  return { record, files: pages.map(([name]) => join(folder, name)) }
}
