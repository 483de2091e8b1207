import { z } from 'zod'
import { conditionSchema } from '../schedule/plan-schema.ts'
import type { Indicator, Objective, ObjectiveWindow } from './objective.ts'

const name = z.string().min(1)
const spanMs = z.number().positive()
const share = z.number().gt(0).lt(1)

const windowSchema: z.ZodType<ObjectiveWindow> = z.discriminatedUnion('over', [
  z.strictObject({ over: z.literal('assault') }),
  z.strictObject({ over: z.literal('load-phase'), phase: name }),
  z.strictObject({ over: z.literal('each-fault') }),
  z.strictObject({ over: z.literal('sliding'), widthMs: spanMs }),
])

const indicatorSchema: z.ZodType<Indicator> = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('availability') }),
  z.strictObject({ kind: z.literal('response-time'), quantile: share }),
  z.strictObject({ kind: z.literal('shed') }),
  z.strictObject({ kind: z.literal('amplification'), of: z.literal('let-in').optional() }),
  z.strictObject({ kind: z.literal('time-to-drained') }),
  z.strictObject({ kind: z.literal('time-to-normal') }),
  z.strictObject({ kind: z.literal('goodput'), against: z.enum(['planned', 'before-faults']) }),
  z.strictObject({ kind: z.literal('burn-rate'), slo: share, windowMs: spanMs }),
  z.strictObject({ kind: z.literal('time-to-reading'), condition: conditionSchema }),
  z.strictObject({ kind: z.literal('reading-turns'), reading: name }),
  z.strictObject({ kind: z.literal('reading-changes'), reading: name }),
])

const groupable: ReadonlySet<Indicator['kind']> = new Set([
  'availability',
  'response-time',
  'shed',
  'amplification',
  'burn-rate',
])

/** The shape of an objective, unknown keys refused; exactly one limit. */
export const objectiveSchema: z.ZodType<Objective> = z
  .strictObject({
    name,
    promise: name,
    indicator: indicatorSchema,
    window: windowSchema,
    atLeast: z.number().min(0).optional(),
    atMost: z.number().min(0).optional(),
    group: name.optional(),
    samplesMin: z.int().min(1),
    exceptDuring: z.array(name).optional(),
  })
  .refine(({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined), {
    error: 'expected exactly one of atLeast and atMost',
  })
  // Backlogs, recovery and goodput are of the whole load: nobody knows what was planned for a group.
  .refine(({ group, indicator }) => group === undefined || groupable.has(indicator.kind), {
    error: `expected no group, or one of ${[...groupable].join(', ')}`,
  })
