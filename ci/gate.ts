import { formatDuration } from '../chaos/kernel/duration.ts'
import { type Verdict, worstVerdict } from '../chaos/kernel/verdict.ts'
import { formatMeasure } from '../reports/render/format.ts'
import type { RunRecord } from '../reports/run-record.ts'
import { badness, goodRunsLike, usualRange } from '../reports/trend/noise.ts'
import { type TrendRow, trendRow } from '../reports/trend/trend-row.ts'
import type { GatePolicy } from './gate-policy.ts'

/** A run that was handed to the gate; `problem` says why it has no record. */
export interface GateRun {
  readonly folder: string
  readonly record?: RunRecord
  readonly problem?: string
}

export interface GateWorld {
  /** The commit that is to be released. */
  readonly commit: string
  readonly now: Date
  /** Finished runs of the past, oldest first. */
  readonly trend: readonly TrendRow[]
}

/** One reason in one line. */
export interface GateLine {
  readonly verdict: Verdict
  /** The experiment, or the folder of something that is no record. */
  readonly about: string
  readonly text: string
}

export interface GateResult {
  readonly verdict: Verdict
  readonly lines: readonly GateLine[]
}

const hourMs = 3_600_000
// Clocks of two machines may differ; a run from the future beyond that has a wrong date, and so no age.
const clockSkewMs = 5 * 60_000

/**
 * May this commit be released? Every mandatory experiment must be there, recent, of this commit and of the service
 * itself; every run that was handed over counts, and the worst wins: a red run is not outvoted by a green one.
 * Evidence that is missing is unknown, which is as red as fail.
 */
export function judgeGate(policy: GatePolicy, runs: readonly GateRun[], world: GateWorld): GateResult {
  const lines = [...runs.flatMap((run) => linesOf(run, policy, world)), ...missing(policy, runs)]
  return { verdict: worstVerdict(lines.map(({ verdict }) => verdict)), lines }
}

function linesOf(run: GateRun, policy: GatePolicy, world: GateWorld): GateLine[] {
  const { record } = run
  if (record === undefined) {
    return [
      {
        verdict: 'unknown',
        about: run.folder,
        text: `is no run record: ${run.problem ?? 'it cannot be read'}`,
      },
    ]
  }
  const about = record.experiment
  const broken = [
    ...verdictReasons(record),
    ...budgetReasons(record, policy),
    ...regressionReasons(record, policy, world),
  ]
  const reasons = [...noEvidence(record, policy, world), ...broken]
  if (reasons.length > 0) return reasons.map((reason) => ({ ...reason, about }))
  const age = formatDuration(Math.max(0, ageMs(record, world)))
  return [{ verdict: 'pass', about, text: `kept its promises with seed ${record.seed}, ${age} ago` }]
}

type Reason = Omit<GateLine, 'about'>

/** Why a record says nothing about what is to be released. */
function noEvidence(record: RunRecord, policy: GatePolicy, world: GateWorld): Reason[] {
  const { faultsMin = 0 } = policy.mandatory.find(({ experiment }) => experiment === record.experiment) ?? {}
  const old = ageMs(record, world)
  const maxMs = policy.ageHoursMax * hourMs
  const reasons = [
    record.endedAt === undefined && 'was cut off before it ended',
    record.mutant !== undefined && `is a run of mutant ${record.mutant}, not of the service`,
    policy.commit === 'same' &&
      record.commit !== world.commit &&
      `is of commit ${shown(record.commit)}, expected ${shown(world.commit)}`,
    Number.isNaN(old) && `has no date: ${record.startedAt}`,
    old > maxMs && `is ${Math.floor(old / hourMs)} h old, at most ${policy.ageHoursMax} h are allowed`,
    old < -clockSkewMs && `began in the future: ${record.startedAt}`,
    record.faults.length < faultsMin &&
      `played ${record.faults.length} faults, expected at least ${faultsMin}`,
  ]
  return reasons.filter((text) => text !== false).map((text) => ({ verdict: 'unknown', text }))
}

function verdictReasons(record: RunRecord): Reason[] {
  const { verdict = 'unknown', sentence = 'it has no verdict', residue } = record
  const left: Reason[] =
    residue.length === 0 ? [] : [{ verdict: 'fail', text: `left something behind: ${residue.join('; ')}` }]
  // A run that was cut off has no verdict of its own; that it was cut off is said already.
  if (verdict === 'pass' || record.endedAt === undefined) return left
  return [{ verdict, text: `${verdict}: ${sentence}` }, ...left]
}

function budgetReasons(record: RunRecord, policy: GatePolicy): Reason[] {
  return policy.budgets
    .filter(({ experiment }) => experiment === record.experiment)
    .flatMap(({ objective: name, atLeast, atMost, reason }): Reason[] => {
      const objective = record.objectives.find((one) => one.name === name)
      const value = objective?.value
      if (objective === undefined || value === undefined) {
        return [{ verdict: 'unknown', text: `has no value for ${name}, which has a budget` }]
      }
      const isKept = atMost === undefined ? value >= (atLeast ?? 0) : value <= atMost
      if (isKept) return []
      const limit = formatMeasure(atMost ?? atLeast ?? 0, objective.unit)
      const side = atMost === undefined ? 'at least' : 'at most'
      return [
        {
          verdict: 'fail',
          text: `${name} is ${formatMeasure(value, objective.unit)}, budget ${side} ${limit} (${reason})`,
        },
      ]
    })
}

/** Worse than the good runs before it, beyond their noise. Too few good runs are no reason: a first release needs none. */
function regressionReasons(record: RunRecord, policy: GatePolicy, world: GateWorld): Reason[] {
  if (policy.regression === undefined) return []
  const { goodRunsMin: runsMin, deviations, toleranceShare } = policy.regression
  const row = trendRow(record, '')
  const good = goodRunsLike(row, world.trend)
  return Object.entries(row.objectives).flatMap(([name, measure]) => {
    const usual = usualRange(name, good, { runsMin, deviations, toleranceShare })
    if (usual === undefined || badness(measure) <= badness({ ...measure, value: usual.worst })) return []
    const [value, middle, worst] = [measure.value, usual.median, usual.worst].map((one) =>
      formatMeasure(one, measure.unit),
    )
    return [
      {
        verdict: 'fail' as const,
        text: `${name} is ${value}, worse than usual: ${middle} in the middle of ${usual.runs} good runs, ${worst} at worst`,
      },
    ]
  })
}

function missing({ mandatory }: GatePolicy, runs: readonly GateRun[]): GateLine[] {
  return mandatory.flatMap(({ experiment: about, runsMin }) => {
    const count = runs.filter(({ record }) => record?.experiment === about).length
    if (count >= runsMin) return []
    const text = count === 0 ? 'has no run' : `has ${count} of the ${runsMin} runs that are needed`
    return [{ verdict: 'unknown' as const, about, text }]
  })
}

function ageMs({ startedAt }: RunRecord, { now }: GateWorld): number {
  return now.getTime() - Date.parse(startedAt)
}

function shown(commit: string): string {
  return commit.replace(/^([0-9a-f]{12})[0-9a-f]*/, '$1')
}
