import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { createAdaptiveLimit, type WorkEnd } from './adaptive-limit.ts'

function world(max = 100) {
  const clock = new ManualClock()
  return { clock, limit: createAdaptiveLimit({ clock, max, bytesMax: 1_000, latencyTargetMs: 100 }) }
}

type Leave = (end: WorkEnd) => void

describe('an adaptive limit', () => {
  it('sheds what is beyond it', () => {
    const { limit } = world(10)
    const entered = Array.from({ length: 12 }, () => limit.enter('high', 1))
    expect(entered.filter((leave) => leave !== undefined)).toHaveLength(10)
  })

  it('sheds low criticality first', () => {
    const { limit } = world(8)
    for (let n = 0; n < 6; n += 1) limit.enter('high', 1)
    expect(limit.enter('low', 1)).toBeUndefined()
    expect(limit.enter('high', 1)).toBeDefined()
  })

  it('bounds the bytes in flight as well', () => {
    const { limit } = world()
    const leave = limit.enter('high', 900)
    expect(limit.enter('high', 200)).toBeUndefined()
    leave?.('fine')
    expect(limit.enter('high', 200)).toBeDefined()
  })

  it('falls by a fifth for one crowd that is late, not once for each of its members', async () => {
    const { clock, limit } = world()
    const crowd = Array.from({ length: 50 }, () => limit.enter('high', 1) as Leave)
    await clock.advance(200)
    for (const leave of crowd) leave('fine')
    expect(limit.limit()).toBeCloseTo(51.2)
  })

  it('falls on a word of overload, and never below its least', async () => {
    const { clock, limit } = world()
    for (let n = 0; n < 50; n += 1) {
      const leave = limit.enter('high', 1)
      await clock.advance(1)
      leave?.('overloaded')
    }
    expect(limit.limit()).toBe(32)
  })

  it('rises again with good answers, but only while it is used', () => {
    const { limit } = world()
    ;(limit.enter('high', 1) as Leave)('overloaded')
    expect(limit.limit()).toBeCloseTo(51.2)
    for (let n = 0; n < 100; n += 1) (limit.enter('high', 1) as Leave)('fine')
    expect(limit.limit()).toBeCloseTo(51.2)
    const crowd = Array.from({ length: 51 }, () => limit.enter('high', 1) as Leave)
    for (const leave of crowd) leave('fine')
    expect(limit.limit()).toBeGreaterThan(54)
  })
})

describe('an adaptive limit, for all ends', () => {
  it('counts down what it counted up', () => {
    const ends = fc.array(fc.constantFrom<WorkEnd>('fine', 'overloaded', 'neither'), { maxLength: 50 })
    fc.assert(
      fc.property(ends, (all) => {
        const { limit } = world(20)
        const inside = all.map((end) => [limit.enter('high', 3), end] as const)
        for (const [leave, end] of inside) leave?.(end)
        expect(limit.inFlight()).toBe(0)
        expect(limit.limit()).toBeGreaterThanOrEqual(20)
        expect(limit.limit()).toBeLessThanOrEqual(20)
      }),
      { numRuns: 200 },
    )
  })
})
