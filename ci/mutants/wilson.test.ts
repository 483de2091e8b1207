import { describe, expect, it } from 'vitest'
import { wilsonInterval } from './wilson.ts'

describe('the Wilson interval', () => {
  it('says nothing without a try', () => {
    expect(wilsonInterval(0, 0)).toEqual({ low: 0, high: 1 })
  })

  it('of 20 of 20 begins at 83.9 %', () => {
    const { low, high } = wilsonInterval(20, 20)
    expect(low).toBeCloseTo(0.8389, 4)
    expect(high).toBe(1)
  })

  it('of none of 10,000 ends at 0.04 %', () => {
    const { low, high } = wilsonInterval(0, 10_000)
    expect(low).toBe(0)
    expect(high).toBeCloseTo(0.000384, 6)
  })
})
