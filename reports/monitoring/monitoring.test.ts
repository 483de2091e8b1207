import { describe, expect, it } from 'vitest'
import type { Objective } from '../../chaos/slo/objective.ts'
import { alertRules } from './alert-rules.ts'
import { alertTests } from './alert-tests.ts'
import { dashboard } from './dashboard.ts'

const common = { promise: 'does what it says', window: { over: 'assault' }, samplesMin: 1 } as const
const availability: Objective = { ...common, name: 'a', indicator: { kind: 'availability' }, atLeast: 0.99 }
const slow: Objective = {
  ...common,
  name: 'p',
  indicator: { kind: 'response-time', quantile: 0.999 },
  atMost: 2_500,
}

const rulesOf = (...objectives: Objective[]) => alertRules(objectives).groups[0]?.rules ?? []

describe('the alert rules of objectives', () => {
  it('burn an error budget as the workbook says: three pairs, both windows of each', () => {
    const rules = rulesOf(availability)
    expect(rules.map(({ alert, labels }) => [alert, labels.severity])).toEqual([
      ['ErrorBudgetBurn1h', 'page'],
      ['ErrorBudgetBurn6h', 'page'],
      ['ErrorBudgetBurn3d', 'ticket'],
    ])
    // 14.4 × (1 − 0.99), over an hour and over its twelfth.
    expect(rules[0]?.expr).toMatch(/\[1h\].* > 0\.144 and .*\[5m\].* > 0\.144$/)
  })

  it('name a quantile so that Prometheus can read it, and keep its limit', () => {
    expect(rulesOf(slow)).toEqual([expect.objectContaining({ alert: 'SlowP99_9', for: '5m' })])
    expect(rulesOf(slow)[0]?.expr).toMatch(/^histogram_quantile\(0\.999, .* > 2\.5$/)
  })

  it('leave out what only a run with faults can show', () => {
    expect(rulesOf({ ...availability, window: { over: 'each-fault' } })).toEqual([])
    expect(rulesOf({ ...common, name: 'n', indicator: { kind: 'time-to-normal' }, atMost: 1 })).toEqual([])
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
    const text = JSON.stringify(
      dashboard([{ ...slow, indicator: { kind: 'response-time', quantile: 0.99 } }]),
    )
    expect(text).toContain('"mode":"line"')
    expect(text).toContain('{"color":"red","value":2.5}')
  })

  it('gives every panel an id and a place of its own', () => {
    const { panels } = dashboard([]) as { panels: { id: number; gridPos: { x: number; y: number } }[] }
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length)
    expect(new Set(panels.map(({ gridPos }) => `${gridPos.x},${gridPos.y}`)).size).toBe(panels.length)
  })
})
