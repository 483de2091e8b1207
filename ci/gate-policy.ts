import { z } from 'zod'
import { HarnessError } from '../chaos/kernel/errors.ts'

const mandatorySchema = z.strictObject({
  experiment: z.string().min(1),
  /** Runs of this commit that there must be. */
  runsMin: z.int().min(1).default(1),
  /** A run with fewer faults is a control run, and no evidence. */
  faultsMin: z.int().min(0).default(0),
})

const budgetSchema = z
  .strictObject({
    experiment: z.string().min(1),
    objective: z.string().min(1),
    atLeast: z.number().optional(),
    atMost: z.number().optional(),
    reason: z.string().min(10, 'say why this number, in ten letters or more'),
  })
  .refine(
    ({ atLeast, atMost }) => (atLeast === undefined) !== (atMost === undefined),
    'give atLeast or atMost, one of them',
  )

/** What must be true before a release; `ci/gate-policy.json` is one. Unknown keys are refused. */
export const gatePolicySchema = z.strictObject({
  version: z.literal(1),
  mandatory: z.array(mandatorySchema).min(1, 'a gate that demands nothing is open'),
  ageHoursMax: z.number().positive(),
  /** same: every run must be of the commit that is to be released, without changed files. */
  commit: z.enum(['same', 'any']),
  budgets: z.array(budgetSchema).default([]),
  /** No objective may be worse than good runs before it, beyond their noise; absent: not asked. */
  regression: z
    .strictObject({
      goodRunsMin: z.int().min(2),
      deviations: z.number().positive(),
      toleranceShare: z.number().min(0),
    })
    .optional(),
})

export type GatePolicy = z.infer<typeof gatePolicySchema>

/** A policy from its JSON text. HARNESS_CONFIG_INVALID with all problems at once; `where` names the file. */
export function parseGatePolicy(text: string, where: string): GatePolicy {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw refused(where, [`it is not JSON: ${(error as Error).message}`])
  }
  const parsed = gatePolicySchema.safeParse(value)
  const problems = parsed.success
    ? repeated(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${path.join('.') || 'the policy'}: ${message}`)
  if (!parsed.success || problems.length > 0) throw refused(where, problems)
  return parsed.data
}

function repeated({ mandatory }: GatePolicy): string[] {
  const names = mandatory.map(({ experiment }) => experiment)
  const twice = names.filter((name, index) => names.indexOf(name) !== index)
  return twice.map((name) => `mandatory: ${name} is named twice`)
}

function refused(where: string, problems: readonly string[]): HarnessError {
  const list = problems.map((problem) => `  - ${problem}`).join('\n')
  return new HarnessError(
    'HARNESS_CONFIG_INVALID',
    `${where} has ${problems.length} problem(s):\n${list}`,
    'ci/gate-policy.json is a policy that works; ci/gate-policy.ts says what each field means',
  )
}
