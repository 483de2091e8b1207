import { describe, expect, it } from 'vitest'
import { backoffMs } from './backoff.ts'

describe('a backoff', () => {
  const options = { firstMs: 100, maxMs: 1_000 }
  const at = (failures: number, chance: number) => backoffMs(failures, { next: () => chance }, options)

  it('doubles its bound with each failure, up to the greatest', () => {
    expect([1, 2, 3, 4, 5, 50].map((failures) => at(failures, 1))).toEqual([100, 200, 400, 800, 1_000, 1_000])
  })

  it('is anything between nothing and its bound', () => {
    expect([0, 0.25, 0.5].map((chance) => at(2, chance))).toEqual([0, 50, 100])
  })
})
