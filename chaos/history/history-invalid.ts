import { HarnessError } from '../kernel/errors.ts'

/** The error for a file that is no history: where, and what was expected there. */
export function historyInvalid(file: string | undefined, line: number, expected: string): HarnessError {
  const where = file === undefined ? `line ${line}` : `${file}, line ${line}`
  return new HarnessError(
    'HARNESS_HISTORY_INVALID',
    `${where}: ${expected}`,
    'the format is described in chaos/history/README.md',
  )
}
