import { join } from 'node:path'
import { readRecord } from './read-record.ts'
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
  const record = await readRecord(folder)
  const pages: readonly (readonly [string, string])[] = [
    ['report.html', renderHtml(record)],
    ['junit.xml', renderJunit(record)],
    ['summary.md', renderMarkdown(record)],
    ['replay.txt', `${record.replay}\n`],
  ]
  for (const [name, text] of pages) await replaceFile(join(folder, name), text)
  return { record, files: pages.map(([name]) => join(folder, name)) }
}
