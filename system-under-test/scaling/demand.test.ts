import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { createDemand, type QueueReading } from './demand.ts'

/** Looks once a second at a queue that was as told; undefined where the broker is away. */
async function seen(readings: readonly (QueueReading | undefined)[]) {
  const clock = new ManualClock()
  let current: QueueReading | undefined
  const read = () => (current === undefined ? Promise.reject(new Error('away')) : Promise.resolve(current))
  const demand = createDemand({ read }, clock)
  const all = []
  for (const reading of readings) {
    current = reading
    all.push(await demand())
    await clock.advance(1_000)
  }
  return all
}

const at = (publishedTotal: number, ready: number, inHands = 0) => ({ publishedTotal, ready, inHands })
const nothing = { backlog: undefined, oldestAgeMs: undefined, arrivalsPerSecond: undefined }

describe('what waits in a queue', () => {
  it('comes in at the rate of the last three seconds', async () => {
    const readings = await seen([at(0, 0), at(10, 0), at(20, 0), at(30, 0), at(130, 0)])
    expect(readings.map(({ arrivalsPerSecond }) => arrivalsPerSecond)).toEqual([undefined, 10, 10, 10, 40])
  })

  it('is as old as the moment at which the counter passed the oldest one', async () => {
    const readings = await seen([at(0, 0), at(100, 100), at(200, 200), at(200, 100), at(200, 0)])
    expect(readings.map(({ oldestAgeMs }) => oldestAgeMs)).toEqual([0, 1_000, 2_000, 2_000, 0])
  })

  it('is nobody who is in hands already, however long the broker says so', async () => {
    const readings = await seen([at(10, 0, 2), at(10, 0, 2), at(10, 0, 2)])
    expect(readings.at(-1)).toEqual({ backlog: 2, oldestAgeMs: 0, arrivalsPerSecond: 0 })
  })

  it('is no older than this process when it was there before it', async () => {
    const readings = await seen([at(5_000, 900), at(5_000, 900)])
    expect(readings.map(({ oldestAgeMs }) => oldestAgeMs)).toEqual([0, 1_000])
  })

  it('is not known while the broker does not say, and known again afterwards', async () => {
    const [, away, back] = await seen([at(0, 0), undefined, at(50, 50)])
    expect(away).toEqual(nothing)
    expect(back).toEqual({ backlog: 50, oldestAgeMs: 2_000, arrivalsPerSecond: 25 })
  })

  it('is not blamed on the time in which nobody could see', async () => {
    const blind = Array<undefined>(20).fill(undefined)
    const readings = await seen([at(0, 0), at(1_000, 0), ...blind, at(9_000, 50), at(9_010, 50)])
    expect(readings.slice(-2)).toEqual([
      { backlog: 50, oldestAgeMs: 0, arrivalsPerSecond: undefined },
      { backlog: 50, oldestAgeMs: 1_000, arrivalsPerSecond: 10 },
    ])
  })

  it('is counted anew when the broker has forgotten its counts', async () => {
    const [, , anew] = await seen([at(0, 0), at(900, 0), at(5, 5)])
    expect(anew).toEqual({ backlog: 5, oldestAgeMs: 0, arrivalsPerSecond: undefined })
  })
})
