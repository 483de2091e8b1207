import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../chaos/kernel/errors.ts'
import { type RunRecord, runRecordSchema } from './run-record.ts'

/** The record in a run's folder. HARNESS_RECORD_INVALID, with all problems, if the folder holds none. */
export async function readRecord(folder: string): Promise<RunRecord> {
  const path = join(folder, 'run.json')
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw invalid(`expected a run record at ${path}, but it cannot be read: ${error.message}`, error)
  })
  return parseRecord(text, path)
}

/** A run record from its JSON text; `where` is for the error. */
export function parseRecord(text: string, where: string): RunRecord {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw invalid(`${where} is not JSON: ${(error as Error).message}`, error)
  }
  const parsed = runRecordSchema.safeParse(value)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => `  - ${issue.path.join('.')}: ${issue.message}`)
  throw invalid(`${where} is not a run record of version 1:\n${problems.join('\n')}`)
}

function invalid(message: string, cause?: unknown): HarnessError {
  const hint = 'name the folder of a run, such as reports/runs/spike/latest'
  return new HarnessError('HARNESS_RECORD_INVALID', message, hint, { cause })
}
