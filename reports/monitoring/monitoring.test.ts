import { describe, expect, it } from 'vitest'
import type { Objective } from '../../chaos/slo/objective.ts'
import { alertRules, type WordedAlert } from './alert-rules.ts'
import { alertTests } from './alert-tests.ts'
import { dashboard } from './dashboard.ts'

const words = { severity: 'page', summary: 's', description: 'd' } as const
const rule = (condition: WordedAlert['condition'], forMs = 0) =>
  alertRules([{ name: 'A', condition, forMs, ...words }]).groups[0]?.rules[0]

describe('the alert rules', () => {
  it('compare a share of rates over every window', () => {
    const of = { metric: 'x', labels: { route: { matches: 'submit' }, status: { matches: '5..' } } }
    const among = {
      metric: 'x',
      labels: { status: { matchesNot: '400|409' }, kind: { matchesNot: 'probe' } },
    }
    const windowsMs = [3_600_000, 300_000]
    expect(rule({ kind: 'share', of, among, windowsMs, threshold: { above: 0.144 } })).toEqual({
      alert: 'A',
      expr:
        'sum(rate(x{route="submit",status=~"5.."}[1h])) / sum(rate(x{status!~"400|409",kind!="probe"}[1h])) > 0.144 and ' +
        'sum(rate(x{route="submit",status=~"5.."}[5m])) / sum(rate(x{status!~"400|409",kind!="probe"}[5m])) > 0.144',
      labels: { severity: 'page' },
      annotations: { summary: 's', description: 'd' },
    })
  })

  it('say growth, gauges and absence, with their waits, in the words of Prometheus', () => {
    const of = { metric: 'x', seenAs: 'something-else' }
    expect(rule({ kind: 'increase', of, windowMs: 900_000, threshold: { above: 0 } })?.expr).toBe(
      'sum(increase(x[15m])) > 0',
    )
    expect(
      rule({ kind: 'gauge', of, take: 'max', by: 'dependency', threshold: { is: 2 } }, 90_000),
    ).toMatchObject({ expr: 'max by (dependency) (x) == 2', for: '90s' })
    expect(rule({ kind: 'gauge', of, take: 'min', threshold: { below: 1 } })?.expr).toBe('min(x) < 1')
    expect(rule({ kind: 'absent', of })?.expr).toBe('absent(x)')
  })

  it('have tests in which every alert fires once at least, and stays silent when nothing is wrong', () => {
    const { tests } = alertTests('alerts.yml', () => ({}))
    const checks = tests.flatMap((test) =>
      test.alert_rule_test.map((check) => ({ ...check, test: test.name })),
    )
    const firing = new Set(
      checks.filter(({ exp_alerts }) => exp_alerts.length > 0).map(({ alertname }) => alertname),
    )
    expect([...firing].toSorted()).toEqual([...new Set(checks.map(({ alertname }) => alertname))].toSorted())
    const quiet = checks.filter(({ test }) => test === 'nothing is wrong')
    expect(quiet.every(({ exp_alerts }) => exp_alerts.length === 0)).toBe(true)
  })
})

describe('the dashboard', () => {
  it('draws the limit of an objective into its panel', () => {
    const slow: Objective = {
      name: 'p',
      promise: 'does what it says',
      indicator: { kind: 'response-time', quantile: 0.99 },
      window: { over: 'assault' },
      samplesMin: 1,
      atMost: 2_500,
    }
    const text = JSON.stringify(dashboard([slow]))
    expect(text).toContain('"mode":"line"')
    expect(text).toContain('{"color":"red","value":2.5}')
  })

  it('gives every panel an id and a place of its own', () => {
    const { panels } = dashboard([]) as { panels: { id: number; gridPos: { x: number; y: number } }[] }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ gridPos }) => `${gridPos.x},${gridPos.y}`)).size).toBe(panels.length)
  })
})
