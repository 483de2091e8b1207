import { expect, it } from 'vitest'
import { createApiMetrics, createWorkerMetrics } from '../telemetry/metrics.ts'
import { parseMetrics } from '../topology/observe.ts'
import { countsOf } from './counts-of.ts'

it('reads what the API really exposes: orders asked for, those not served, and how quick it was', async () => {
  const metrics = createApiMetrics()
  for (const [status, seconds] of [
    ['202', 0.004],
    ['202', 0.03],
    ['429', 0.001],
    ['504', 2],
    ['400', 0.001],
  ] as const) {
    metrics.requests.inc({ route: 'submit', status })
    metrics.duration.observe({ route: 'submit' }, seconds)
  }
  metrics.requests.inc({ route: 'read', status: '503' })
  const { requests, errors, within } = countsOf(parseMetrics(await metrics.registry.metrics()))
  expect([requests, errors]).toEqual([5, 2])
  expect(within.at(-1)).toEqual({ ms: Number.POSITIVE_INFINITY, count: 5 })
  expect(within.find(({ ms }) => ms === 50)?.count).toBe(4)
})

it('reads what a worker really exposes: orders done, and those that it gave up', async () => {
  const metrics = createWorkerMetrics()
  metrics.carriedOut.inc(7)
  metrics.before.inc(2)
  metrics.dead.inc({ reason: 'malformed' }, 3)
  for (let n = 0; n < 12; n += 1) metrics.duration.observe(0.004)
  const { requests, errors, within } = countsOf(parseMetrics(await metrics.registry.metrics()))
  expect([requests, errors, within.at(-1)?.count]).toEqual([12, 3, 12])
})
