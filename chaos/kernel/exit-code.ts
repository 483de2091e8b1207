import type { Verdict } from './verdict.ts'

/** One exit code for each way in which a command can end. The README's table is generated from this one. */
export const exitCodes = {
  pass: { code: 0, meaning: 'all promises were kept' },
  fail: { code: 1, meaning: 'the system broke a promise' },
  unknown: { code: 2, meaning: 'we cannot say: the evidence is missing, and the reason is named' },
  usage: { code: 64, meaning: 'the caller is wrong; every problem is listed and nothing was started' },
  internal: { code: 70, meaning: 'the harness is wrong, or a fault could not be healed' },
  interrupted: { code: 130, meaning: 'interrupted: faults were healed and the record was written' },
} as const

export type ExitName = keyof typeof exitCodes
export type ExitCode = (typeof exitCodes)[ExitName]['code']

/** The exit code of a verdict: pass 0, fail 1, unknown 2. */
export function exitCodeOf(verdict: Verdict): ExitCode {
  return exitCodes[verdict].code
}
