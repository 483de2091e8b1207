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
        .map(({ name, promise, reasons, window }) => ({
          promise,
          reasons: withWindow(reasons.map(withoutName(name)), window),
          examples: [],
          counts: {},
        })),
    ],
    notJudged: [
      ...(cutOff ? [cutOffAfter(record)] : []),
      ...record.problems,
      ...record.faults.filter(({ felt }) => !felt).map(notFelt),
      ...unknownOf([...record.promises, ...record.objectives]),
    ],
    left: record.residue,
  }
}

/** The worst window, unless a reason names it already. */
function withWindow(reasons: readonly string[], window: string): readonly string[] {
  return reasons.some((reason) => reason.includes(window)) ? reasons : [...reasons, `worst window: ${window}`]
}

/** "availability: expected …" as "expected …": the promise stands before it. */
function withoutName(name: string): (reason: string) => string {
  return (reason) => (reason.startsWith(`${name}: `) ? reason.slice(name.length + 2) : reason)
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

interface Judged {
  readonly name: string
  readonly promise: string
  readonly verdict: Verdict
  readonly reasons: readonly string[]
}

/** Promises that were not judged for one and the same reason share a line. */
function unknownOf(list: readonly Judged[]): string[] {
  const byReason = new Map<string, string[]>()
  for (const { name, promise, verdict, reasons } of list) {
    if (verdict !== 'unknown') continue
    const reason = reasons.map(withoutName(name)).join('; ') || 'no evidence'
    byReason.set(reason, [...(byReason.get(reason) ?? []), `"${promise}"`])
  }
  return [...byReason].map(([reason, promises]) => `${promises.join(', ')}: ${reason}`)
}
