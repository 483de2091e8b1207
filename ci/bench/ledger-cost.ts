import { constant } from '../../scenarios/profiles/constant.ts'
import type { Bench } from './figure.ts'
import { type K6Bench, k6Bench } from './play-k6.ts'

/** Pairs, so that a machine that grows busier meanwhile slows both alike; the middle one of their ratios counts. */
const pairs = 5
export const onlyOrders = {
  repeatShare: 0,
  poisonShare: 0,
  invalidShare: 0,
  largeShare: 0,
  conflictShare: 0,
  readShare: 0,
}
/** Closed model, eight clients: enough to keep one core of k6 busy all the time. */
const closedClients = 8
const profile = constant({ perSecond: 1, durationMs: 6_000, mix: onlyOrders })

/** What writing the ledger costs the load generator, at the highest rate that it reaches. */
export const ledgerCost: Bench = {
  name: 'k6-with-ledger',
  what: 'orders a second that k6 sends with the ledger, against those that it sends without',
  containers: true,
  async run(tell) {
    await using bench = await k6Bench()
    const ratios: number[] = []
    for (let pair = 1; pair <= pairs; pair += 1) {
      const without = await ratePerSecond(bench, `${pair}-without`, false)
      const withLedger = await ratePerSecond(bench, `${pair}-with`, true)
      tell(`pair ${pair}: ${withLedger.toFixed(0)}/s with, ${without.toFixed(0)}/s without`)
      ratios.push(withLedger / without)
    }
    const value = ratios.sort((a, b) => a - b)[pairs >> 1] as number
    return [{ name: 'k6 with the ledger / without', value, unit: '×', atLeast: 0.93 }]
  },
}

async function ratePerSecond(bench: K6Bench, name: string, ledger: boolean): Promise<number> {
  // One core, so that the intake has the other one and the generator is what is measured.
  const { summary } = await bench.play(name, { profile, ledger, closedClients, env: { GOMAXPROCS: '1' } })
  const { metrics } = summary as { metrics: { iterations: { values: { rate: number } } } }
  return metrics.iterations.values.rate
}
