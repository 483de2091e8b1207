import { z } from 'zod'

/** How often something was seen in so many tries; low and high are the bounds of the true share, with 95 % confidence. */
const share = { tries: z.number(), low: z.number(), high: z.number() }

const mutantSchema = z.object({
  ...share,
  id: z.string(),
  title: z.string(),
  caughtAs: z.string(),
  trigger: z.string(),
  caught: z.number(),
  reported: z.record(z.string(), z.number()),
  missedSeeds: z.array(z.string()).readonly(),
  toVerdictMs: z.number(),
  tookMs: z.number(),
})

const controlSchema = z.object({
  ...share,
  trigger: z.string(),
  accused: z.number(),
  unknown: z.number(),
  accusedSeeds: z.array(z.string()).readonly(),
  reasons: z.array(z.string()).readonly(),
})

const shownSchema = z.object({
  id: z.string(),
  title: z.string(),
  simulation: z.string().optional(),
  containers: z.string().optional(),
  waitsFor: z.string().optional(),
})

/** The matrix of mutants as `seawall mutants --json` prints it: which of them were caught, as what, in how many tries. */
export const matrixSchema = z.object({
  format: z.literal('seawall-mutants'),
  version: z.literal(1),
  where: z.enum(['simulation', 'containers']),
  seeds: z.number(),
  mutants: z.array(mutantSchema).readonly(),
  control: z.array(controlSchema).readonly(),
  shown: z.array(shownSchema).readonly(),
  experimentsPerHour: z.number(),
})

export type MatrixRecord = z.infer<typeof matrixSchema>
export type MatrixMutant = MatrixRecord['mutants'][number]
export type MatrixControl = MatrixRecord['control'][number]

/** A mutant that is caught in fewer of its tries has survived. */
const caughtShareMin = 0.95

export function isCaught({ caught, tries }: MatrixMutant): boolean {
  return tries > 0 && caught >= caughtShareMin * tries
}

/** The honest service under a trigger of the mutants: never accused, and always judged. */
export function isClean({ accused, unknown }: MatrixControl): boolean {
  return accused + unknown === 0
}
