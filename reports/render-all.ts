import { join } from 'node:path'
import { parseLine } from '../chaos/history/parse-line.ts'
import { Aggregate } from './aggregate/aggregate.ts'
import { historyLines } from './read-lines.ts'
import { readRecord } from './read-record.ts'
import { browserAssets } from './render/browser-assets.ts'
import { renderHtml } from './render/html.ts'
import { renderJunit } from './render/junit.ts'
import { renderMarkdown } from './render/markdown.ts'
import type { PageInput } from './render/page-input.ts'
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
  const input = { record, ...(await readHistory(folder, record)) }
  const pages: readonly (readonly [string, string])[] = [
    ['report.html', renderHtml(input, await browserAssets())],
    ['junit.xml', renderJunit(record)],
    ['summary.md', renderMarkdown(record)],
    ['replay.txt', `${record.replay}\n`],
  ]
  for (const [name, text] of pages) await replaceFile(join(folder, name), text)
  return { record, files: pages.map(([name]) => join(folder, name)) }
}

/** The page is there to show a run that went wrong: a history that cannot be read is a sentence on it, not an end. */
async function readHistory(folder: string, record: RunRecord): Promise<Omit<PageInput, 'record'>> {
  const lines = await historyLines(folder)
  if (lines === undefined) return { historyProblem: 'The run left no history: there is nothing to draw.' }
  const aggregate = new Aggregate(record.load)
  let number = 0
  let problem: string | undefined
  try {
    for await (const text of lines) {
      number += 1
      const line = parseLine(text)
      if (line.kind === 'problem') problem ??= `line ${number}: ${line.expected}`
      else if (line.kind === '@ops') aggregate.packed(line)
      else if (line.kind !== '@reads') aggregate.see(line)
    }
  } catch (error) {
    problem ??= `after line ${number}: ${(error as Error).message}`
  }
  const historyProblem = problem && `The history cannot be read to its end (${problem}); the rest is shown.`
  return { data: aggregate.end(), ...(historyProblem === undefined ? {} : { historyProblem }) }
}
