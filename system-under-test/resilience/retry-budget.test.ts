import { describe, expect, it } from 'vitest'
import { createRetryBudget } from './retry-budget.ts'

describe('a retry budget', () => {
  it('adds at most its share to the work, once what was saved is gone', () => {
    const budget = createRetryBudget(0.1, 10)
    let retries = 0
    for (let n = 0; n < 1_000; n += 1) {
      budget.earn()
      if (budget.spend()) retries += 1
    }
    expect(retries).toBeLessThanOrEqual(110)
    expect(retries).toBeGreaterThanOrEqual(100)
  })

  it('saves only so much', () => {
    const budget = createRetryBudget(0.5, 2)
    for (let n = 0; n < 100; n += 1) budget.earn()
    expect([budget.spend(), budget.spend(), budget.spend()]).toEqual([true, true, false])
  })
})
