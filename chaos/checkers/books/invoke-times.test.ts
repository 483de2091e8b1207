import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../kernel/random.ts'
import { InvokeTimes } from './invoke-times.ts'

/** More than are kept exactly, so that buckets come in. */
const many = 70_000

function noted(times: Iterable<number>): InvokeTimes {
  const index = new InvokeTimes()
  for (const timeMs of times) index.note(timeMs)
  return index
}

describe('the times of invokes', () => {
  it('answer windows exactly while they are few, both ends included', () => {
    const few = noted([5, 1.25, 9])
    expect([few.hasBetween(1.25, 1.25), few.hasBetween(1.26, 4.99), few.hasBetween(9, 100)]).toEqual([
      true,
      false,
      true,
    ])
    expect(new InvokeTimes().hasBetween(0, Number.POSITIVE_INFINITY)).toBe(false)
  })

  it('answer windows wider than a bucket exactly when they are many', () => {
    const random = randomFrom('invoke times')
    const times = Array.from({ length: many }, () => {
      const timeMs = random.integer(0, 5_000_000) / 100
      return Math.floor(timeMs / 1_000) % 7 === 3 ? timeMs + 2_000 : timeMs
    })
    const index = noted(times)
    for (let round = 0; round < 300; round += 1) {
      const fromMs = random.integer(0, 5_500_000) / 100
      const toMs = fromMs + random.integer(100, 150_000) / 100
      const expected = times.some((timeMs) => timeMs >= fromMs && timeMs <= toMs)
      expect(index.hasBetween(fromMs, toMs), `${fromMs} to ${toMs}`).toBe(expected)
    }
  })

  it('widen their buckets for times far off, and still see gaps', () => {
    const index = noted(Array.from({ length: many }, (_, number) => number / 10))
    for (const farMs of [1e7, 1e9, 1e12]) {
      index.note(farMs)
      expect(index.hasBetween(farMs / 2, farMs * 2), `${farMs}`).toBe(true)
      expect(index.hasBetween(farMs * 0.3, farMs * 0.7), `before ${farMs}`).toBe(false)
    }
    expect(index.hasBetween(0, 1e7)).toBe(true)
    expect(index.hasBetween(2e12, Number.POSITIVE_INFINITY)).toBe(false)
    index.note(1e300)
    expect(index.hasBetween(9e299, Number.POSITIVE_INFINITY)).toBe(true)
  })

  it('note times that come in any order', () => {
    const index = noted(Array.from({ length: many }, (_, number) => 50_000 + (number % 1_000)))
    index.note(10)
    expect([index.hasBetween(0, 9), index.hasBetween(10, 10), index.hasBetween(11, 49_999)]).toEqual([
      false,
      true,
      false,
    ])
  })

  it('know the first and the last one of each bucket to the edge', () => {
    const begin = 1_000_000
    const times = Array.from({ length: many }, (_, number) => number * 10 + 0.5)
    const index = noted([...times, begin + 0.5, begin + 0.2, begin + 0.8, begin + 0.3])
    const has = (from: number, to: number) => index.hasBetween(begin + from, begin + to)
    expect([has(0.2, 0.25), has(0.1, 0.2), has(0.75, 0.8), has(0.8, 0.9), has(0, 1)]).toEqual(
      Array(5).fill(true),
    )
    expect([has(0, 0.1), has(0.9, 0.95), has(1, 2), has(-0.5, -0.1)]).toEqual(Array(4).fill(false))
    expect([index.hasBetween(0.5, 0.5), index.hasBetween(0.6, 10.4), index.hasBetween(10.5, 10.5)]).toEqual([
      true,
      false,
      true,
    ])
  })
})
