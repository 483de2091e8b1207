import type { Verdict } from '../../chaos/kernel/verdict.ts'
import type { RunRecord } from '../run-record.ts'

/** What every format says first, in the same words. */
export interface Answer {
  readonly verdict: Verdict
  readonly sentence: string
  /** Each broken promise or objective in words, with its reasons. */
  readonly broken: readonly BrokenPromise[]
  /** What was not judged, and why. */
  readonly notJudged: readonly string[]
  /** What is still wrong after the run: faults that could not be healed, things left behind. */
  readonly left: readonly string[]
}

export interface BrokenPromise {
  readonly promise: string
  readonly reasons: readonly string[]
  readonly examples: readonly string[]
  readonly counts: Readonly<Record<string, number>>
}

export function answerOf(record: RunRecord): Answer {
  const cutOff = record.endedAt === undefined
  return {
    verdict: record.verdict ?? 'unknown',
    sentence: record.sentence ?? 'The run was cut off before it had a verdict.',
    broken: [
      ...record.promises.filter(({ verdict }) => verdict === 'fail'),
      ...record.objectives
        .filter(({ verdict }) => verdict === 'fail')
        .map(({ promise, reasons, window }) => ({
          promise,
          reasons: withWindow(reasons, window),
          examples: [],
          counts: {},
        })),
    ],
    notJudged: [
      ...(cutOff ? [cutOffAfter(record)] : []),
      ...record.problems,
      ...record.faults.filter(({ felt }) => !felt).map(notFelt),
      ...unknownOf(record.promises),
      ...unknownOf(record.objectives),
    ],
    left: record.residue,
  }
}

function withWindow(reasons: readonly string[], window: string): string[] {
  return [...reasons, `worst window: ${window}`]
}

function cutOffAfter(record: RunRecord): string {
  const last = record.phases.at(-1)
  return last === undefined
    ? 'the run ended before its first phase'
    : `the run ended in the phase "${last.phase}"`
}

function notFelt({ id, describe, error, evidence }: RunRecord['faults'][number]): string {
  return `fault ${id} (${describe}) was not felt: ${error ?? (evidence || 'nothing shows it')}`
}

function unknownOf(
  list: readonly { promise: string; verdict: Verdict; reasons: readonly string[] }[],
): string[] {
  return list
    .filter(({ verdict }) => verdict === 'unknown')
    .map(({ promise, reasons }) => `"${promise}": ${reasons.join('; ') || 'no evidence'}`)
}
