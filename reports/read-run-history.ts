import { textLines } from '../chaos/history/lines-of.ts'
import { parseLine } from '../chaos/history/parse-line.ts'
import { historyFiles } from '../chaos/history/read-history.ts'
import { HarnessError } from '../chaos/kernel/errors.ts'
import { Aggregate } from './aggregate/aggregate.ts'
import type { PageInput } from './render/page-input.ts'
import type { RunRecord } from './run-record.ts'
import { logLines } from './stories/log-lines.ts'
import { brokenIds, Stories } from './stories/stories.ts'

/** A report is there for runs that went wrong: a history that cannot be read is a sentence on it, not its end. */
export async function readRunHistory(
  folder: string,
  record: RunRecord,
): Promise<Pick<PageInput, 'data' | 'stories' | 'historyProblem'>> {
  const readers = { aggregate: new Aggregate(record.load), stories: new Stories(record) }
  const problems: string[] = []
  let lines = 0
  try {
    for await (const { pieces } of historyFiles([folder])) {
      for await (const piece of pieces) {
        // What stands after the last newline is what a killed writer left: whole or not, it is one line.
        for (const text of piece.kind === 'lines' ? textLines(piece.bytes) : [piece.text]) {
          lines += 1
          const problem = see(readers, text)
          if (problem !== undefined && piece.kind === 'lines') problems.push(`line ${lines}: ${problem}`)
        }
      }
    }
  } catch (error) {
    problems.push(reasonOf(error))
  }
  if (lines === 0) return { historyProblem: 'The run left no history: there is nothing to draw.' }
  const logs = await logLines(folder, [...brokenIds(record).keys()])
  const read = { data: readers.aggregate.end(), stories: readers.stories.end(logs) }
  if (problems.length === 0) return read
  return {
    ...read,
    historyProblem: `Not all of the history can be read (${problems[0]}); the rest is shown.`,
  }
}

interface Readers {
  readonly aggregate: Aggregate
  readonly stories: Stories
}

function see({ aggregate, stories }: Readers, text: string): string | undefined {
  if (text === '') return undefined
  const line = parseLine(text)
  if (line.kind === 'problem') return line.expected
  if (line.kind === '@ops') aggregate.packed(line)
  if (line.kind === '@ops' || line.kind === '@reads') stories.packed(line)
  else {
    aggregate.see(line)
    stories.see(line)
  }
  return undefined
}

function reasonOf(error: unknown): string {
  if (error instanceof HarnessError) return error.code
  return error instanceof Error ? error.message : String(error)
}
