import { z } from 'zod'
import type { Alert, AlertPlan } from './alert.ts'

const name = z.string().min(1)

// Rules are made by code that the compiler has seen; what an experiment says of them is checked.
const ruleSchema = z.custom<Alert>(
  (rule) => typeof rule === 'object' && rule !== null && 'condition' in rule && 'forMs' in rule,
  'expected an alert: its name, its condition and for how long it must hold',
)

/** The shape of what an experiment says of alerts, unknown keys refused. */
export const alertPlanSchema: z.ZodType<AlertPlan> = z.strictObject({
  rules: z.array(ruleSchema).min(1),
  mustFire: z.array(
    z.strictObject({
      alert: name,
      withinMs: z.number().positive(),
      since: z.literal('assault').optional(),
    }),
  ),
  mayFire: z.array(z.strictObject({ alert: name, because: z.string().min(1) })),
})
