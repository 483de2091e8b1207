import { z } from 'zod'
import type { RunRecord } from './run-record.ts'

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
  folder: z.string(),
  /** The value of each objective that had one, by its name. */
  objectives: z.record(z.string(), z.number()),
})

export type TrendRow = z.infer<typeof trendRowSchema>

/** The row of a finished run. A run without a verdict is unknown: nobody could say more. */
export function trendRow(record: RunRecord, folder: string): TrendRow {
  const measured = record.objectives.filter((objective) => objective.value !== undefined)
  return {
    runId: record.runId,
    experiment: record.experiment,
    system: record.system,
    ...(record.mutant === undefined ? {} : { mutant: record.mutant }),
    seed: record.seed,
    commit: record.commit,
    startedAt: record.startedAt,
    ...(record.endedAt === undefined ? {} : { endedAt: record.endedAt }),
    verdict: record.verdict ?? 'unknown',
    exitCode: record.exitCode ?? 2,
    sentence: record.sentence ?? 'the run did not reach a verdict',
    folder,
    objectives: Object.fromEntries(measured.map(({ name, value }) => [name, value as number])),
  }
}
