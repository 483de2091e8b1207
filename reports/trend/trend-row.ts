import { z } from 'zod'
import type { RunRecord } from '../run-record.ts'

const measureSchema = z.object({
  value: z.number(),
  limit: z.number(),
  unit: z.enum(['ratio', 'ms', 'factor', 'count']),
  better: z.enum(['lower', 'higher']),
})

/** A value with the side on which it is good. */
export type Measure = z.infer<typeof measureSchema>

/** One line of `reports/history.ndjson`: what a trend and a gate need to know of a run without its folder. */
export const trendRowSchema = z.object({
  runId: z.string(),
  experiment: z.string(),
  system: z.string(),
  mutant: z.string().optional(),
  seed: z.string(),
  commit: z.string(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  verdict: z.enum(['pass', 'fail', 'unknown']),
  exitCode: z.number(),
  sentence: z.string(),
  /** The load in words: runs of different loads are not compared. */
  load: z.string(),
  /** How many faults were played; a control run has none. */
  faults: z.number(),
  /** The run's folder below the reports folder: runs/spike/2026-11-24T06-30-00Z-8f3a. */
  folder: z.string(),
  /** Each objective that had a value, by its name. */
  objectives: z.record(z.string(), measureSchema),
})

export type TrendRow = z.infer<typeof trendRowSchema>

/** The row of a finished run. A run without a verdict is unknown: nobody could say more. */
export function trendRow(record: RunRecord, folder: string): TrendRow {
  const { runId, experiment, system, mutant, seed, commit, startedAt, endedAt } = record
  return {
    runId,
    experiment,
    system,
    ...(mutant === undefined ? {} : { mutant }),
    seed,
    commit,
    startedAt,
    ...(endedAt === undefined ? {} : { endedAt }),
    verdict: record.verdict ?? 'unknown',
    exitCode: record.exitCode ?? 2,
    sentence: record.sentence ?? 'The run was cut off before it had a verdict.',
    load: record.load.description,
    faults: record.faults.length,
    folder,
    objectives: Object.fromEntries(record.objectives.flatMap(measured)),
  }
}

function measured(objective: RunRecord['objectives'][number]): [string, Measure][] {
  const { name, value, limit, unit } = objective
  return value === undefined ? [] : [[name, { value, limit, unit, better: betterSide(objective, value) }]]
}

/** A record has no direction, but its verdict shows one: a kept objective lies on the good side of its limit. */
function betterSide(
  { verdict, limit, unit }: RunRecord['objectives'][number],
  value: number,
): Measure['better'] {
  // On the limit itself, or not judged: times and factors are good when low, ratios mostly when high.
  if (verdict === 'unknown' || value === limit) return unit === 'ratio' && limit > 0.5 ? 'higher' : 'lower'
  return value < limit === (verdict === 'pass') ? 'lower' : 'higher'
}
