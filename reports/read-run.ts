import { parseLine } from '../chaos/history/parse-line.ts'
import { historyFiles } from '../chaos/history/read-history.ts'
import { HarnessError } from '../chaos/kernel/errors.ts'
import { Aggregate } from './aggregate/aggregate.ts'
import { readRecord } from './read-record.ts'
import type { PageInput } from './render/page-input.ts'
import type { RunRecord } from './run-record.ts'

/** Everything that a report shows of a run's folder. HARNESS_RECORD_INVALID if it holds no record. */
export async function readRun(folder: string): Promise<PageInput> {
  const record = await readRecord(folder)
  return { record, ...(await readHistory(folder, record)) }
}

/** A report is there for runs that went wrong: a history that cannot be read is a sentence on it, not its end. */
async function readHistory(folder: string, record: RunRecord): Promise<Omit<PageInput, 'record'>> {
  const aggregate = new Aggregate(record.load)
  const problems: string[] = []
  let lines = 0
  try {
    for await (const { pieces } of historyFiles([folder])) {
      for await (const piece of pieces) {
        // What stands after the last newline is what a killed writer left: whole or not, it is one line.
        for (const text of piece.kind === 'lines' ? piece.lines : [piece.text]) {
          lines += 1
          const problem = see(aggregate, text)
          if (problem !== undefined && piece.kind === 'lines') problems.push(`line ${lines}: ${problem}`)
        }
      }
    }
  } catch (error) {
    problems.push(reasonOf(error))
  }
  if (lines === 0) return { historyProblem: 'The run left no history: there is nothing to draw.' }
  const data = aggregate.end()
  if (problems.length === 0) return { data }
  return { data, historyProblem: `Not all of the history can be read (${problems[0]}); the rest is shown.` }
}

function see(aggregate: Aggregate, text: string): string | undefined {
  if (text === '') return undefined
  const line = parseLine(text)
  if (line.kind === 'problem') return line.expected
  if (line.kind === '@ops') aggregate.packed(line)
  else if (line.kind !== '@reads') aggregate.see(line)
  return undefined
}

function reasonOf(error: unknown): string {
  if (error instanceof HarnessError) return error.code
  return error instanceof Error ? error.message : String(error)
}
