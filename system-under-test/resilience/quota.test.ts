import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { createQuotas } from './quota.ts'

function world(clientsMax = 100) {
  const clock = new ManualClock()
  const quotas = createQuotas({ clock, perSecond: 10, burst: 20, clientsMax })
  const taken = (client: string, tries: number) =>
    Array.from({ length: tries }, () => quotas.take(client)).filter((waitMs) => waitMs === 0).length
  return { clock, quotas, taken }
}

describe('a quota', () => {
  it('lets a burst in, and then so many a second', async () => {
    const { clock, taken } = world()
    expect(taken('a', 100)).toBe(20)
    await clock.advance(1_000)
    expect(taken('a', 100)).toBe(10)
    await clock.advance(60_000)
    expect(taken('a', 100)).toBe(20)
  })

  it('tells how long it takes until the next one', () => {
    const { quotas, taken } = world()
    taken('a', 20)
    expect(quotas.take('a')).toBe(100)
  })

  it('takes nothing from others', () => {
    const { taken } = world()
    taken('noisy', 1_000)
    expect(taken('quiet', 5)).toBe(5)
  })

  it('remembers only so many clients', () => {
    const { taken } = world(2)
    taken('a', 20)
    taken('b', 1)
    taken('c', 1)
    expect(taken('a', 1)).toBe(1)
  })
})
