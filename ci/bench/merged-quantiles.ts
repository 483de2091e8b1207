import { randomFrom } from '../../chaos/kernel/random.ts'
import { exactQuantile } from '../../chaos/slo/quantile.ts'
import { ResponseHistogram } from '../../chaos/slo/response-histogram.ts'
import type { Bench } from './figure.ts'

const shards = 64
const samplesMax = 10_000_000
const quantiles = [0.5, 0.9, 0.95, 0.99, 0.999, 0.9999]

/** What 64 generators would hand over, against all of their samples in one sorted list. */
export const mergedQuantiles: Bench = {
  name: 'quantiles',
  what: 'quantiles of 64 merged histograms of 10,000,000 response times, against an exact sort of all of them',
  containers: false,
  async run(tell) {
    const random = randomFrom('merged quantiles')
    const parts = Array.from({ length: shards }, () => new ResponseHistogram())
    const samples = new Float64Array(samplesMax)
    for (let index = 0; index < samplesMax; index += 1) {
      const ms = responseMs(random.next(), random.next())
      samples[index] = ms
      parts[index % shards]?.record(ms)
    }
    const whole = new ResponseHistogram()
    for (const part of parts) whole.add(part)
    samples.sort()
    const off = quantiles.map((quantile) => {
      const exact = exactQuantile(samples, quantile) ?? Number.NaN
      const merged = whole.quantileMs(quantile) ?? Number.NaN
      tell(`  ${quantile}: ${exact.toFixed(3)} ms exactly, ${merged.toFixed(3)} ms merged`)
      return 100 * Math.abs(merged / exact - 1)
    })
    return [
      { name: 'samples in the merged histogram', value: whole.samples, unit: '', atLeast: samplesMax },
      { name: 'the quantile that is furthest off', value: Math.max(...off), unit: '%', atMost: 0.2 },
    ]
  },
}

/** Most answers within some milliseconds, one in twenty from a part that is broken: seconds, without an upper end. */
function responseMs(which: number, chance: number): number {
  return which < 0.95 ? 3 + 20 * chance ** 4 : 200 / (1 - chance) ** 0.5
}
