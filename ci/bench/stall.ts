import { Expander } from '../../chaos/history/expand.ts'
import { parseLine } from '../../chaos/history/parse-line.ts'
import { beginObjectives } from '../../chaos/slo/begin-objectives.ts'
import { constant } from '../../scenarios/profiles/constant.ts'
import { timelineOf } from '../../scenarios/profiles/timeline.ts'
import type { Bench } from './figure.ts'
import { onlyOrders } from './ledger-cost.ts'
import { type BenchPlayed, k6Bench } from './play-k6.ts'

const perSecond = 2_000
const durationMs = 13_000
const stallMs = 1_400
const profile = constant({ perSecond, durationMs, mix: { ...onlyOrders, attemptsMax: 1 } })

/**
 * A real stall: of 13 s of load a service stands still for 1.4 s. Those who come meanwhile wait from 1.4 s down to nothing,
 * evenly; one in a hundred of all waits longer than 1.4 s - 1 % of 13 s = 1,270 ms. From the actual start it looks the same
 * only to a generator that does not wait for answers.
 */
export const stall: Bench = {
  name: 'stall',
  what: 'the reported p99 of a load of 2,000/s with a stall of 1.4 s, against the analytic value',
  containers: true,
  async run(tell) {
    await using bench = await k6Bench({ STALL_AFTER_MS: '5000', STALL_MS: `${stallMs}` })
    // Whoever waits is a virtual user: 2,000/s for 1.4 s, and a reserve.
    const played = await bench.play('stall', { profile, vus: 3_500 })
    const reportedMs = p99Of(played, bench.ledgerPrefix)
    const analyticMs = stallMs - durationMs / 100
    tell(`reported p99 ${reportedMs.toFixed(0)} ms, analytic ${analyticMs} ms, ${played.dropped} dropped`)
    const figure = { value: reportedMs / analyticMs, unit: '×' }
    return [
      { ...figure, name: 'reported p99 / analytic, not too low', atLeast: 0.98 },
      { ...figure, name: 'reported p99 / analytic, not too high', atMost: 1.02 },
    ]
  },
}

function p99Of({ lines, startedMs }: BenchPlayed, ledgerPrefix: string): number {
  const objective = {
    name: 'p99',
    promise: 'is measured',
    indicator: { kind: 'response-time', quantile: 0.99 },
    window: { over: 'assault' },
    atMost: Number.MAX_VALUE,
    samplesMin: 1,
  } as const
  const judged = beginObjectives([objective], timelineOf(profile), () => startedMs)
  const expander = new Expander()
  const run = { kind: 'run', format: 'seawall-history', version: 1, runId: 'stall', experiment: 'stall' }
  const first = JSON.stringify({ ...run, seed: '', startedAt: '', ledgerPrefix })
  for (const each of [first, ...lines]) {
    const line = typeof each === 'string' ? parseLine(each) : each
    if (line.kind === 'problem') throw new Error(line.expected)
    for (const expanded of expander.expand(line)) judged.see(expanded)
  }
  return judged.end()[0]?.value ?? Number.NaN
}
