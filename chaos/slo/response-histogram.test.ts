import { describe, expect, it } from 'vitest'
import { randomFrom } from '../kernel/random.ts'
import { exactQuantile } from './quantile.ts'
import { ResponseHistogram } from './response-histogram.ts'

describe('a histogram of response times', () => {
  it('has no quantile without a sample', () => {
    expect(new ResponseHistogram().quantileMs(0.5)).toBeUndefined()
  })

  it('merges 64 parts to the quantiles of all samples, within 0.2 %', () => {
    const random = randomFrom('shards')
    const parts = Array.from({ length: 64 }, () => new ResponseHistogram())
    const samples = Float64Array.from({ length: 64 * 1_000 }, (_, index) => {
      // From tenths of a millisecond to many seconds: each decade has its share.
      const ms = 10 ** (random.next() * 5 - 1)
      parts[index % 64]?.record(ms)
      return ms
    })
    const whole = new ResponseHistogram()
    for (const part of parts) whole.add(part)
    const sorted = samples.sort()
    expect(whole.samples).toBe(samples.length)
    for (const quantile of [0.5, 0.9, 0.95, 0.99, 0.999]) {
      const exact = exactQuantile(sorted, quantile) as number
      expect(Math.abs((whole.quantileMs(quantile) as number) / exact - 1)).toBeLessThan(0.002)
    }
  })

  it('takes what is longer than an hour as an hour, and what is negative as nothing', () => {
    const histogram = new ResponseHistogram()
    histogram.record(1e12)
    histogram.record(-1)
    expect(histogram.quantileMs(1)).toBeCloseTo(3_600_000, -4)
    expect(histogram.quantileMs(0)).toBe(0)
  })
})

describe('an exact quantile', () => {
  it('is the nearest rank, with those that never came above every number', () => {
    const sorted = Float64Array.from([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(exactQuantile(sorted, 0.5)).toBe(5)
    expect(exactQuantile(sorted, 0.91)).toBe(10)
    expect(exactQuantile(sorted, 0)).toBe(1)
    expect(exactQuantile(sorted, 0.7)).toBe(7)
    expect(exactQuantile(sorted, 0.9, 5)).toBe(Number.POSITIVE_INFINITY)
    expect(exactQuantile(new Float64Array(), 0.5)).toBeUndefined()
  })
})
