import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bucketMiddleMs, bucketOf, latencyBuckets, quantileMs } from './latency.ts'

describe('latency buckets', () => {
  it('read every time from 0.1 ms to an hour back within 1 %', () => {
    fc.assert(
      fc.property(fc.double({ min: 0.1001, max: 3_600_000, noNaN: true }), (ms) => {
        expect(Math.abs(bucketMiddleMs(bucketOf(ms)) / ms - 1)).toBeLessThan(0.0101)
      }),
    )
  })

  it('put negative, tiny, endless and absurd times into the outer buckets', () => {
    expect([-5, 0, Number.NaN, 0.1].map(bucketOf)).toEqual([0, 0, 0, 0])
    expect([1e12, Number.POSITIVE_INFINITY].map(bucketOf)).toEqual([latencyBuckets - 1, latencyBuckets - 1])
  })

  it('give the exact nearest-rank quantile, but for the width of a bucket', () => {
    const times = fc.array(fc.double({ min: 1, max: 10_000, noNaN: true }), { minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(times, fc.constantFrom(0.5, 0.95, 0.99, 1), (list, quantile) => {
        const counters = new Uint32Array(latencyBuckets)
        for (const ms of list) counters[bucketOf(ms)] = (counters[bucketOf(ms)] ?? 0) + 1
        const sorted = [...list].sort((left, right) => left - right)
        const exact = sorted[Math.max(0, Math.ceil(quantile * list.length - 1e-9) - 1)] as number
        expect(Math.abs((quantileMs(counters, quantile) as number) / exact - 1)).toBeLessThan(0.0101)
      }),
    )
  })

  it('have no quantile where nothing was counted', () => {
    expect(quantileMs(new Uint32Array(latencyBuckets), 0.5)).toBeUndefined()
  })
})
