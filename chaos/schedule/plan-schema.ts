import { z } from 'zod'
import { shapeByKey } from '../kernel/zod-problems.ts'
import type { BlastRadius, Condition, FaultPlan, TargetSelector, When } from './schedule.ts'

// A week: nothing that is meant lasts longer, and no sum of times can overflow a timer.
const longestMs = 7 * 24 * 3_600_000

const name = z.string().min(1)
/** From zero on. */
const offsetMs = z.number().min(0).max(longestMs)
/** More than nothing. */
const spanMs = z.number().positive().max(longestMs)

const choose = z.union(
  [
    z.enum(['one', 'all']),
    z.strictObject({ count: z.int().min(1).max(1_000) }),
    z.strictObject({ share: z.number().gt(0).max(1) }),
  ],
  { error: 'expected one, all, { count: 1 or more } or { share: above 0, up to 1 }' },
)

const selectorSchema: z.ZodType<TargetSelector> = shapeByKey<TargetSelector>({
  name: z.strictObject({ name }),
  choose: z.strictObject({ role: name, choose }),
  by: z.strictObject({ role: name, by: z.enum(['most-unacknowledged', 'queue-leader']) }),
})

export const conditionSchema: z.ZodType<Condition> = shapeByKey<Condition>({
  above: z.strictObject({ reading: name, above: z.number() }),
  below: z.strictObject({ reading: name, below: z.number() }),
})

const whenSchema: z.ZodType<When> = shapeByKey<When>({
  atMs: z.strictObject({ atMs: offsetMs }),
  phase: z.strictObject({ phase: name, offsetMs }),
  everyMs: z.strictObject({
    everyMs: spanMs,
    jitterMs: offsetMs,
    times: z.int().min(1).max(1_000),
    fromMs: offsetMs,
  }),
  condition: z.strictObject({ condition: conditionSchema, deadlineMs: spanMs }),
})

export const faultPlanSchema: z.ZodType<FaultPlan> = z.strictObject({
  kind: name,
  target: selectorSchema,
  when: whenSchema,
  forMs: spanMs,
  options: z.record(z.string(), z.unknown()).optional(),
})

export const blastRadiusSchema: z.ZodType<BlastRadius> = z.strictObject({
  targets: z.array(name),
  atOnceMax: z.int().min(1).max(1_000),
  totalMsMax: spanMs,
})
