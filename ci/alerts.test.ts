import { describe, expect, it } from 'vitest'
import type { Alert, Threshold } from '../chaos/slo/alert.ts'
import { firingsOf } from '../chaos/slo/alert-firings.ts'
import { AlertSamples } from '../chaos/slo/alert-samples.ts'
import type { Objective } from '../chaos/slo/objective.ts'
import { situations } from '../reports/monitoring/alert-situations.ts'
import type { Situation } from '../reports/monitoring/situation.ts'
import { watchedByAlerts } from '../system-under-test/topology/observe.ts'
import { serviceAlerts } from './alerts.ts'
import { orderObjectives } from './budgets.ts'

const alerts = serviceAlerts(orderObjectives)
const minuteMs = 60_000

/** The notation of promtool: `1+2x3` is 1 3 5 7, `5x2` is 5 5 5, `_` is no sample, `stale` is a series that ended. */
function valuesOf(text: string): (number | undefined)[] {
  return text.split(' ').flatMap((word) => {
    if (word === '_' || word === 'stale') return [undefined]
    const match = /^([\d.]+)(?:\+([\d.]+))?(?:x(\d+))?$/.exec(word)
    if (match === null) throw new Error(`expected values as promtool has them, got "${word}"`)
    const [, from, step = '0', times = '0'] = match
    return Array.from({ length: Number(times) + 1 }, (_, index) => Number(from) + index * Number(step))
  })
}

function samplesOf({ series, at }: Situation): AlertSamples {
  const samples = new AlertSamples()
  for (let minute = 0; minute <= Number.parseInt(at, 10); minute += 1) {
    // A look is there though nothing else is.
    samples.see({ kind: 'observation', timeMs: minute * minuteMs, name: 'scraped', value: 1 })
    for (const { series: text, values } of series) {
      const value = valuesOf(values)[minute]
      if (value === undefined) continue
      const [, metric, inner = ''] = /^(\w+)(?:\{(.*)\})?$/.exec(text) ?? []
      const labels = Object.fromEntries(
        [...inner.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, word]) => [key, word]),
      )
      const name = metric === 'circuit_breaker_state' ? 'breaker-state' : (metric as string)
      samples.see({ kind: 'observation', timeMs: minute * minuteMs, name, labels, value })
    }
  }
  return samples
}

const common = { promise: 'does what it says', window: { over: 'assault' }, samplesMin: 1 } as const
const availability: Objective = { ...common, name: 'a', indicator: { kind: 'availability' }, atLeast: 0.99 }
const namesFor = (...objectives: Objective[]) => {
  const parts = serviceAlerts([]).map(({ name }) => name)
  return serviceAlerts(objectives).filter(({ name }) => !parts.includes(name))
}

describe('the alerts of objectives', () => {
  it('burn an error budget as the workbook says: three pairs, both windows of each', () => {
    const burning = namesFor(availability)
    expect(burning.map(({ name, severity }) => [name, severity])).toEqual([
      ['ErrorBudgetBurn1h', 'page'],
      ['ErrorBudgetBurn6h', 'page'],
      ['ErrorBudgetBurn3d', 'ticket'],
    ])
    // 14.4 × (1 − 0.99), over an hour and over its twelfth.
    expect(burning[0]?.condition).toMatchObject({
      windowsMs: [3_600_000, 300_000],
      threshold: { above: 0.144 },
    })
  })

  it('name a quantile so that Prometheus can read it, and keep its limit', () => {
    const indicator = { kind: 'response-time', quantile: 0.999 } as const
    expect(namesFor({ ...common, name: 'p', indicator, atMost: 2_500 })).toEqual([
      expect.objectContaining({
        name: 'SlowP99_9',
        condition: expect.objectContaining({
          of: expect.objectContaining({ labels: { route: { matches: 'submit' }, le: { matches: '2[.]5' } } }),
          threshold: { below: 0.999 },
        }),
      }),
    ])
  })

  it('leave out what only a run with faults can show', () => {
    expect(namesFor({ ...availability, window: { over: 'each-fault' } })).toEqual([])
    expect(namesFor({ ...common, name: 'n', indicator: { kind: 'time-to-normal' }, atMost: 1 })).toEqual([])
  })
})

function firingIn(situation: Situation, rules: readonly Alert[]): string[] {
  const atMs = Number.parseInt(situation.at, 10) * minuteMs
  const firings = firingsOf(rules, samplesOf(situation))
  const now = firings.filter(({ fromMs, toMs }) => fromMs <= atMs && toMs >= atMs)
  return [...new Set(now.map(({ alert }) => alert))].toSorted()
}

/** An alert with a limit that is a third higher or lower, a state that is another one, or no patience. */
function wronged(alert: Alert): { name: string; how: string; wrong: Alert }[] {
  const { name, condition } = alert
  const hasty = alert.forMs > 0 ? [{ name, how: 'that does not wait', wrong: { ...alert, forMs: 0 } }] : []
  if (condition.kind === 'absent') return hasty
  const limits = otherLimits(condition.threshold).map((threshold) => ({
    name,
    how: `with the limit ${JSON.stringify(threshold)}`,
    wrong: { ...alert, condition: { ...condition, threshold } },
  }))
  return [...limits, ...hasty]
}

function otherLimits(threshold: Threshold): readonly Threshold[] {
  if ('is' in threshold) return [{ is: threshold.is - 1 }]
  if ('below' in threshold) return [1.3, 1 / 1.3].map((by) => ({ below: 1 - (1 - threshold.below) * by }))
  return threshold.above === 0
    ? [{ above: 1 }]
    : [1.3, 1 / 1.3].map((by) => ({ above: threshold.above * by }))
}

describe('the alerts of the service', () => {
  // promtool plays the same situations against the same alerts as rules of Prometheus.
  it.each(situations.map((situation) => [situation.name, situation] as const))(
    'fire as they should where %s',
    (_, situation) => {
      expect(firingIn(situation, alerts)).toEqual(Object.keys(situation.fires).toSorted())
    },
  )

  it.each(alerts.flatMap((alert) => wronged(alert)))(
    'would be caught in some situation: $name $how',
    ({ name, wrong }) => {
      const others = alerts.map((alert) => (alert.name === name ? wrong : alert))
      const caught = situations.filter(
        (situation) => firingIn(situation, others).join() !== Object.keys(situation.fires).toSorted().join(),
      )
      expect(caught.map((situation) => situation.name)).not.toEqual([])
    },
  )

  it('look only at what a run observes', () => {
    for (const { condition } of alerts) {
      const selectors = condition.kind === 'share' ? [condition.of, condition.among] : [condition.of]
      for (const { metric, seenAs, labels = {} } of selectors) {
        if (seenAs !== undefined) continue
        const kept = watchedByAlerts[metric]
        expect(kept, metric).toBeDefined()
        const { le } = labels
        if (le === undefined || !('matches' in le)) continue
        expect(
          kept?.le?.some((bound) => new RegExp(`^(?:${le.matches})$`).test(bound)),
          le.matches,
        ).toBe(true)
      }
    }
  })
})
