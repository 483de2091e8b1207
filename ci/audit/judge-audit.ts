import { z } from 'zod'
import type { Verdict } from '../../chaos/kernel/verdict.ts'
import { type AuditPolicy, jsonOf, type Severity, severities } from './audit-policy.ts'

const viaSchema = z.union([
  // The name of another package that is named in the report itself.
  z.string(),
  z.object({ url: z.string(), title: z.string(), severity: z.enum(severities) }),
])

/** What `npm audit --json` prints, version 2, as far as it is looked at. */
const auditReportSchema = z.object({
  auditReportVersion: z.literal(2),
  vulnerabilities: z.record(z.string(), z.object({ name: z.string(), via: z.array(viaSchema) })),
})

/** Both printed by npm: of what is installed with `--omit=dev`, and of everything. */
export interface AuditOutputs {
  readonly production: string
  readonly all: string
}

export interface Weakness {
  readonly advisory: string
  readonly package: string
  readonly severity: Severity
  readonly title: string
  readonly usedIn: 'production' | 'development'
}

export interface AuditVerdict {
  readonly verdict: Verdict
  readonly weaknesses: readonly Weakness[]
  /** One line a reason; why nothing is known, where that is so. */
  readonly reasons: readonly string[]
}

/** `today` as 2026-11-30. A registry that could not be asked gives no report, and that is unknown, not safe. */
export function judgeAudit(outputs: AuditOutputs, policy: AuditPolicy, today: string): AuditVerdict {
  const production = auditReportSchema.safeParse(jsonOf(outputs.production))
  const all = auditReportSchema.safeParse(jsonOf(outputs.all))
  if (!production.success || !all.success) {
    const seen = excerpt(production.success ? outputs.all : outputs.production)
    return {
      verdict: 'unknown',
      weaknesses: [],
      reasons: [`expected a report of npm audit, version 2, and got: ${seen}`],
    }
  }
  const inProduction = weaknessesOf(production.data, 'production')
  const known = new Set(inProduction.map(keyOf))
  const weaknesses = [
    ...inProduction,
    ...weaknessesOf(all.data, 'development').filter((weakness) => !known.has(keyOf(weakness))),
  ]
  const failing = weaknesses.filter(({ severity, usedIn }) => isFrom(severity, policy.failAt[usedIn]))
  const reasons = failing.flatMap((weakness) => reasonOf(weakness, policy, today) ?? [])
  return { verdict: reasons.length === 0 ? 'pass' : 'fail', weaknesses, reasons }
}

function weaknessesOf(
  { vulnerabilities }: z.infer<typeof auditReportSchema>,
  usedIn: Weakness['usedIn'],
): Weakness[] {
  return Object.values(vulnerabilities).flatMap(({ name, via }) =>
    via.flatMap((cause) =>
      typeof cause === 'string'
        ? []
        : [
            {
              advisory: cause.url.slice(cause.url.lastIndexOf('/') + 1),
              package: name,
              severity: cause.severity,
              title: cause.title,
              usedIn,
            },
          ],
    ),
  )
}

const keyOf = ({ advisory, package: name }: Weakness) => `${advisory} ${name}`
const isFrom = (severity: Severity, least: Severity) =>
  severities.indexOf(severity) >= severities.indexOf(least)

/** undefined where it is excused. */
function reasonOf(weakness: Weakness, { exceptions }: AuditPolicy, today: string): string | undefined {
  const { advisory, package: name, severity, title, usedIn } = weakness
  const exception = exceptions.find((one) => one.advisory === advisory)
  if (exception !== undefined && today <= exception.until) return undefined
  const expired = exception === undefined ? '' : `; it was excused until ${exception.until}`
  return `${severity}: ${name} (${usedIn}): ${title}, ${advisory}${expired}`
}

function excerpt(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ').trim()
  return line === '' ? 'nothing' : line.slice(0, 200)
}
