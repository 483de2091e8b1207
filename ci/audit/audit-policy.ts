import { z } from 'zod'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { problemsOf } from '../../chaos/kernel/zod-problems.ts'

/** As npm has them, from the mildest on. */
export const severities = ['info', 'low', 'moderate', 'high', 'critical'] as const
export type Severity = (typeof severities)[number]

const exceptionSchema = z.strictObject({
  advisory: z
    .string()
    .regex(/^GHSA(-[a-z0-9]{4}){3}$/, 'expected the id of an advisory: GHSA-xxxx-xxxx-xxxx'),
  because: z.string().min(10, 'say why it does no harm here, in ten letters or more'),
  /** The last day on which it is excused. */
  until: z.iso.date('expected a day: 2027-01-31'),
})

/** From which severity on a known weakness of a dependency fails a change; `audit-policy.json` is the one in use. */
const auditPolicySchema = z.strictObject({
  version: z.literal(1),
  failAt: z.strictObject({
    /** What the harness and the service run with: people hand them load, histories and records of others. */
    production: z.enum(severities),
    /** What only tests, checks and builds of this checkout run with. */
    development: z.enum(severities),
  }),
  exceptions: z.array(exceptionSchema),
})

export type AuditPolicy = z.infer<typeof auditPolicySchema>

/** A policy from its JSON text. HARNESS_CONFIG_INVALID with all problems at once; `where` names the file. */
export function parseAuditPolicy(text: string, where: string): AuditPolicy {
  const parsed = auditPolicySchema.safeParse(jsonOf(text))
  refuseProblems(
    where,
    parsed.success ? [] : problemsOf(parsed.error),
    'ci/audit/audit-policy.ts has its shape',
  )
  return parsed.data as AuditPolicy
}

/** undefined for what is no JSON, which no schema accepts. */
export function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
