import { describe, expect, it } from 'vitest'
import { createStabiliser } from './stabiliser.ts'

const options = { downWindowMs: 30_000, upStep: 4, downStep: 1, periodMs: 10_000 }

describe('a stabiliser', () => {
  it('lets the number double, or grow by its step, in each period', () => {
    const stabiliser = createStabiliser(options)
    expect(stabiliser.settle(0, 2, 100)).toBe(6)
    expect(stabiliser.settle(1_000, 6, 100)).toBe(6)
    expect(stabiliser.settle(10_001, 6, 100)).toBe(12)
  })

  it('shrinks only when nothing asked for more in the whole window, and by one step in each period', () => {
    const stabiliser = createStabiliser(options)
    stabiliser.settle(0, 8, 8)
    expect(stabiliser.settle(29_000, 8, 2)).toBe(8)
    expect(stabiliser.settle(30_001, 8, 2)).toBe(7)
    expect(stabiliser.settle(31_000, 7, 2)).toBe(7)
    expect(stabiliser.settle(41_000, 7, 2)).toBe(6)
  })

  it('changes nothing where nothing is asked for', () => {
    const stabiliser = createStabiliser(options)
    for (let n = 0; n < 100; n += 1) expect(stabiliser.settle(n * 1_000, 5, 5)).toBe(5)
  })
})
