import { z } from 'zod'

/**
 * The run record: a folder `reports/runs/<experiment>/<UTC>-<seed>/`, written as the run goes.
 *
 *     run.json        this schema; rewritten at every phase, so that a killed run leaves a readable record
 *     history.jsonl   the history (with packed ledger lines)
 *     logs/           what every part printed
 *     k6/             the load generator's own summary
 *     report.html  junit.xml  summary.md  replay.txt
 *     annotations.json  the faults, as Grafana's API takes annotations
 */
export const runRecordVersion = 1

const verdict = z.enum(['pass', 'fail', 'unknown'])

export const promiseSchema = z.object({
  name: z.string(),
  promise: z.string(),
  verdict,
  examined: z.number(),
  counts: z.record(z.string(), z.number()),
  examples: z.array(z.string()),
  reasons: z.array(z.string()),
})

export const objectiveSchema = z.object({
  name: z.string(),
  promise: z.string(),
  verdict,
  window: z.string(),
  value: z.number().optional(),
  limit: z.number(),
  unit: z.enum(['ratio', 'ms', 'factor', 'count']),
  samples: z.number(),
  reasons: z.array(z.string()),
})

export const playedFaultSchema = z.object({
  id: z.string(),
  kind: z.string(),
  target: z.string(),
  describe: z.string(),
  plannedAtMs: z.number().optional(),
  plannedForMs: z.number(),
  injectingMs: z.number().optional(),
  injectedMs: z.number().optional(),
  feltMs: z.number().optional(),
  healedMs: z.number().optional(),
  felt: z.boolean(),
  evidence: z.string(),
  error: z.string().optional(),
  options: z.record(z.string(), z.unknown()),
})

/** How one fault was lived through; what did not happen, or could not be seen, is absent. Of `recovery()` of chaos/slo. */
export const recoverySchema = z.object({
  fault: z.string(),
  detectMs: z.number().optional(),
  firstSuccessMs: z.number().optional(),
  normalMs: z.number().optional(),
  drainedMs: z.number().optional(),
  drainedAtLeastMs: z.number().optional(),
})

export const phaseMarkSchema = z.object({ phase: z.string(), timeMs: z.number() })

export const runRecordSchema = z.object({
  format: z.literal('seawall-run'),
  version: z.literal(runRecordVersion),
  runId: z.string(),
  experiment: z.string(),
  question: z.string(),
  system: z.string(),
  mutant: z.string().optional(),
  seed: z.string(),
  startedAt: z.string(),
  /** Absent while the run goes, and for ever in the record of a killed one. */
  endedAt: z.string().optional(),
  commit: z.string(),
  replay: z.string(),
  load: z.object({
    description: z.string(),
    durationMs: z.number(),
    /** When the load's time zero was, ms since the run began. */
    startedMs: z.number().optional(),
    plannedArrivals: z.number(),
    /** Planned arrivals in each second of the load, from its time zero; the page draws them as "asked for". */
    plannedPerSecond: z.array(z.number()).optional(),
    phases: z.array(z.object({ name: z.string(), fromMs: z.number(), toMs: z.number() })),
  }),
  phases: z.array(phaseMarkSchema),
  verdict: verdict.optional(),
  exitCode: z.number().optional(),
  /** The verdict in one sentence with its reason. */
  sentence: z.string().optional(),
  /** The result of `seawall check`, in the public format `seawall-result`. */
  result: z.record(z.string(), z.unknown()).optional(),
  promises: z.array(promiseSchema),
  objectives: z.array(objectiveSchema),
  faults: z.array(playedFaultSchema),
  recoveries: z.array(recoverySchema).optional(),
  /** Whether the steady state came back after the heal; absent where the run never got there. */
  converged: z.object({ ok: z.boolean(), evidence: z.string(), withinMs: z.number() }).optional(),
  hops: z.record(z.string(), z.number().nullable()),
  residue: z.array(z.string()),
  problems: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
})

export type RunRecord = z.infer<typeof runRecordSchema>
