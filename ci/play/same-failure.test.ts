import { describe, expect, it } from 'vitest'
import { failureOf, showsFailure } from './same-failure.ts'

const lost = { name: 'no-lost-orders', verdict: 'fail' }
const stuck = { name: 'converges-after-heal', verdict: 'fail' }
const slow = { name: 'availability', verdict: 'fail' }
const kept = { name: 'no-duplicated-orders', verdict: 'pass' }

describe('the failure of a run', () => {
  it('is about orders first, about recovery then, about objectives last', () => {
    expect([...failureOf({ promises: [kept, stuck, lost], objectives: [slow] })]).toEqual(['no-lost-orders'])
    expect([...failureOf({ promises: [kept, stuck], objectives: [slow] })]).toEqual(['converges-after-heal'])
    expect([...failureOf({ promises: [kept], objectives: [slow] })]).toEqual(['availability'])
    expect([...failureOf({ promises: [kept] })]).toEqual([])
  })

  it('is seen again only where the same is broken', () => {
    const failure = failureOf({ promises: [lost] })
    expect(showsFailure(failure, { promises: [lost, stuck] })).toBe(true)
    expect(showsFailure(failure, { promises: [kept, stuck], objectives: [slow] })).toBe(false)
  })
})
