import { formatDuration } from '../kernel/duration.ts'
import { type Verdict, worstVerdict } from '../kernel/verdict.ts'
import { burnTerms } from './burn-rate.ts'
import type { Evidence, Measured } from './evidence.ts'
import { measure } from './measure.ts'
import type { Objective, ObjectiveResult } from './objective.ts'
import { normalHeldMs } from './recovery.ts'

/** The result of one objective; undefined where the run had none of its windows (a control run without faults). */
export function judgeObjective(objective: Objective, evidence: Evidence): ObjectiveResult | undefined {
  const readings = measure(objective, evidence)
  const counted =
    objective.window.over === 'sliding'
      ? readings.filter((reading) => reading.samples >= objective.samplesMin)
      : readings
  if (readings.length === 0 && objective.window.over === 'each-fault') return undefined
  if (counted.length === 0) return nothing(objective)
  const judged = counted.map((reading) => ({ reading, verdict: verdictOf(objective, reading, evidence) }))
  const verdict = worstVerdict(judged.map((each) => each.verdict))
  const worst = judged.filter((each) => each.verdict === verdict).sort(byBadness(objective))[0]
  if (worst === undefined) return nothing(objective)
  const { reading } = worst
  return {
    ...heading(objective),
    verdict,
    window: describeWindow(reading),
    value: reading.value !== undefined && Number.isFinite(reading.value) ? reading.value : undefined,
    samples: reading.samples,
    reasons: reasonsOf(objective, reading, verdict, evidence),
  }
}

function heading(objective: Objective) {
  return {
    name: objective.name,
    promise: objective.promise,
    limit: objective.atLeast ?? objective.atMost ?? Number.NaN,
    unit: unitOf(objective),
  }
}

function nothing(objective: Objective): ObjectiveResult {
  const reasons = [`${objective.name}: the run has no window in which it could be judged`]
  return { ...heading(objective), verdict: 'unknown', window: 'none', value: undefined, samples: 0, reasons }
}

function unitOf({ indicator }: Objective): ObjectiveResult['unit'] {
  switch (indicator.kind) {
    case 'response-time':
    case 'time-to-drained':
    case 'time-to-normal':
    case 'time-to-reading':
      return 'ms'
    case 'amplification':
    case 'burn-rate':
      return 'factor'
    case 'reading-turns':
    case 'reading-changes':
      return 'count'
    default:
      return 'ratio'
  }
}

function verdictOf(objective: Objective, reading: Measured, evidence: Evidence): Verdict {
  const verdict = verdictOfValue(objective, reading)
  return verdict === 'fail' && excuseOf(objective, reading, evidence) !== undefined ? 'unknown' : verdict
}

function verdictOfValue(objective: Objective, reading: Measured): Verdict {
  if (reading.value === undefined) return isTooLate(objective, reading) ? 'fail' : 'unknown'
  if (reading.samples < objective.samplesMin) return 'unknown'
  return keeps(objective, reading.value) ? 'pass' : 'fail'
}

/**
 * Why a limit that was missed says nothing of the service: the load was another one than planned, or the time was lost
 * before anything was sent. A generator that waits for answers before it sends is late for the service's sake; whoever
 * has a history of such a one is told "we cannot say" here, which is red too.
 */
function excuseOf(objective: Objective, reading: Measured, evidence: Evidence): string | undefined {
  const { kind } = objective.indicator
  if (evidence.undelivered !== undefined && kind !== 'time-to-drained') return evidence.undelivered
  const { fromActualStart } = reading
  if (fromActualStart === undefined || !keeps(objective, fromActualStart)) return undefined
  return `from the actual start it is ${formatDuration(fromActualStart)}: the load generator was late`
}

/** A recovery that was not seen although it was looked for longer than the limit is a broken promise. */
function isTooLate(objective: Objective, reading: Measured): boolean {
  const { kind } = objective.indicator
  if (objective.atMost === undefined || reading.samples === 0) return false
  if (kind !== 'time-to-normal' && kind !== 'time-to-drained' && kind !== 'time-to-reading') return false
  const lookedForMs = reading.lookedForMs ?? reading.window.toMs - reading.window.fromMs
  return lookedForMs > objective.atMost + (kind === 'time-to-normal' ? normalHeldMs : 0)
}

function keeps({ atLeast, atMost }: Objective, value: number): boolean {
  return (atLeast === undefined || value >= atLeast) && (atMost === undefined || value <= atMost)
}

function byBadness({ atLeast }: Objective) {
  return (a: { reading: Measured }, b: { reading: Measured }) => {
    const [left, right] = [a.reading.value ?? Number.NaN, b.reading.value ?? Number.NaN]
    if (Number.isNaN(left) || Number.isNaN(right)) return a.reading.samples - b.reading.samples
    return atLeast === undefined ? right - left : left - right
  }
}

function describeWindow({ window }: Measured): string {
  return `${window.label}, ${seconds(window.fromMs)} to ${seconds(window.toMs)}`
}

function reasonsOf(
  objective: Objective,
  reading: Measured,
  verdict: Verdict,
  evidence: Evidence,
): readonly string[] {
  const excuse = verdict === 'unknown' ? excuseOf(objective, reading, evidence) : undefined
  const notes = [
    ...(excuse === undefined ? [] : [excuse]),
    ...(reading.note === undefined ? [] : [reading.note]),
    ...(objective.indicator.kind === 'burn-rate'
      ? [
          burnTerms(
            evidence.timeline.durationMs,
            objective.indicator.windowMs,
            objective.atMost ?? Number.NaN,
          ),
        ]
      : []),
  ]
  if (verdict === 'pass') return notes
  return [
    `${objective.name}: ${complaint(objective, reading, verdict)} (${describeWindow(reading)})`,
    ...notes,
  ]
}

function complaint(objective: Objective, reading: Measured, verdict: Verdict): string {
  const expected =
    objective.atLeast === undefined
      ? `at most ${say(objective, objective.atMost)}`
      : `at least ${say(objective, objective.atLeast)}`
  if (reading.value === undefined) {
    return verdict === 'fail'
      ? `expected ${expected}, and it did not happen`
      : `expected ${expected}, and it could not be seen`
  }
  if (reading.samples < objective.samplesMin) {
    return `expected at least ${objective.samplesMin} samples, got ${reading.samples}`
  }
  return `expected ${expected}, got ${say(objective, reading.value)} over ${reading.samples} samples`
}

function say(objective: Objective, value: number | undefined): string {
  if (value === undefined) return 'nothing'
  if (!Number.isFinite(value)) return 'no answer at all'
  const unit = unitOf(objective)
  if (unit === 'count') return String(value)
  if (unit === 'ms') return formatDuration(value)
  return unit === 'ratio' ? `${(value * 100).toFixed(2)} %` : `a factor of ${value.toFixed(2)}`
}

function seconds(ms: number): string {
  return `${(ms / 1_000).toFixed(1)} s`
}
