import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { type AuditPolicy, parseAuditPolicy, type Severity } from './audit-policy.ts'
import { judgeAudit } from './judge-audit.ts'

const policy: AuditPolicy = {
  version: 1,
  failAt: { production: 'moderate', development: 'high' },
  exceptions: [],
}
const advisory = 'GHSA-aaaa-bbbb-cccc'

/** As npm prints it: a package with a weakness of its own, and one that is weak by it. */
function report(...weak: readonly (readonly [string, Severity])[]): string {
  const vulnerabilities = Object.fromEntries(
    weak.flatMap(([name, severity]) => {
      const via = [
        {
          source: 1,
          name,
          title: 'reads too far',
          url: `https://github.com/advisories/${advisory}`,
          severity,
        },
      ]
      return [
        [name, { name, severity, isDirect: false, via, effects: [`uses-${name}`], fixAvailable: true }],
        [`uses-${name}`, { name: `uses-${name}`, severity, isDirect: true, via: [name], effects: [] }],
      ]
    }),
  )
  return JSON.stringify({ auditReportVersion: 2, vulnerabilities, metadata: {} })
}

const judged = (production: string, all: string, own: Partial<AuditPolicy> = {}) =>
  judgeAudit({ production, all }, { ...policy, ...own }, '2026-11-30')

describe('the audit of dependencies', () => {
  it('passes where nothing is known, and below what the policy names', () => {
    expect(judged(report(), report())).toEqual({ verdict: 'pass', weaknesses: [], reasons: [] })
    const mild = judged(report(['one', 'low']), report(['one', 'low'], ['two', 'moderate']))
    expect(mild).toMatchObject({
      verdict: 'pass',
      weaknesses: [
        { package: 'one', usedIn: 'production' },
        { package: 'two', usedIn: 'development' },
      ],
    })
  })

  it('fails from the severity on that the policy names, and says of what, where and why', () => {
    expect(judged(report(['one', 'moderate']), report(['one', 'moderate'])).reasons).toEqual([
      `moderate: one (production): reads too far, ${advisory}`,
    ])
    expect(judged(report(), report(['two', 'critical']))).toMatchObject({
      verdict: 'fail',
      reasons: [`critical: two (development): reads too far, ${advisory}`],
    })
  })

  it('excuses what the policy excuses, until its last day', () => {
    const until = (day: string) => ({
      exceptions: [{ advisory, because: 'only read by tests of ours', until: day }],
    })
    const weak = report(['one', 'critical'])
    expect(judged(weak, weak, until('2026-11-30')).verdict).toBe('pass')
    const late = judged(weak, weak, until('2026-11-29'))
    expect(late).toMatchObject({ verdict: 'fail', reasons: [expect.stringContaining('until 2026-11-29')] })
  })

  it.each([
    ['a registry without such reports', '{"message":"405 Method Not Allowed","statusCode":405}'],
    ['no network', 'npm error getaddrinfo EAI_AGAIN'],
    ['an older report', '{"auditReportVersion":1,"advisories":{}}'],
    ['nothing', ''],
  ])('is unknown with %s: that is no proof of safety', (_, output) => {
    expect(judged(report(), output)).toMatchObject({
      verdict: 'unknown',
      reasons: [expect.stringMatching(/^expected a report of npm audit, version 2, and got: /)],
    })
    expect(judged(output, report()).verdict).toBe('unknown')
  })
})

describe('the policy of the audit', () => {
  it('is the one of the project, and can be read', async () => {
    const file = join(import.meta.dirname, 'audit-policy.json')
    expect(parseAuditPolicy(await readFile(file, 'utf8'), file).failAt).toEqual(policy.failAt)
  })

  it('is refused with all of its problems', () => {
    const wrong = {
      version: 1,
      failAt: { production: 'bad', development: 'high' },
      exceptions: [{ advisory: 'x', because: 'so', until: 'never' }],
      extra: 1,
    }
    expect(() => parseAuditPolicy(JSON.stringify(wrong), 'p.json')).toThrow(
      /HARNESS_CONFIG_INVALID: p.json has 5 problem/,
    )
    expect(() => parseAuditPolicy('{', 'p.json')).toThrow(/HARNESS_CONFIG_INVALID/)
  })
})
