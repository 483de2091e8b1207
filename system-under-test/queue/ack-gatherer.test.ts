import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { AckGatherer } from './ack-gatherer.ts'

function gathered(prefetch = 128) {
  const clock = new ManualClock()
  const told: [number, boolean][] = []
  const acks = new AckGatherer({ clock, prefetch, ack: (tag, multiple) => void told.push([tag, multiple]) })
  for (let tag = 1; tag <= 40; tag += 1) acks.delivered(tag)
  const done = (...tags: readonly number[]) => {
    for (const tag of tags) acks.done(tag)
  }
  return { clock, told, acks, done }
}

describe('acknowledgements', () => {
  it('are one for all that were done within a few milliseconds, and one by itself for one', async () => {
    const { clock, told, done } = gathered()
    done(2, 1, 3)
    expect(told).toEqual([])
    await clock.advance(5)
    done(4)
    await clock.advance(5)
    expect(told).toEqual([
      [3, true],
      [4, false],
    ])
  })

  it('never reach beyond one that is not done; who waits for it too long goes alone', async () => {
    const { clock, told, done } = gathered()
    done(1, 2, 4, 5)
    await clock.advance(45)
    expect(told).toEqual([[2, true]])
    await clock.advance(10)
    expect(told.slice(1)).toEqual([
      [4, false],
      [5, false],
    ])
    done(3, 6, 7)
    await clock.advance(5)
    expect(told.slice(3)).toEqual([[7, true]])
  })

  it('keep no more than a half of the places from new deliveries', () => {
    const { told, done } = gathered(8)
    done(2, 3, 4)
    expect(told).toEqual([])
    done(6)
    expect(told).toEqual([2, 3, 4, 6].map((tag) => [tag, false]))
    const one = gathered(1)
    one.done(1)
    expect(one.told).toEqual([[1, false]])
  })

  it('are given at once where the channel is to be closed', async () => {
    const { clock, told, acks, done } = gathered()
    done(1, 2, 4)
    acks.flush()
    await clock.advance(100)
    expect(told).toEqual([
      [2, true],
      [4, false],
    ])
  })

  it('come once for each that is done and for no other, in whatever order they are done', async () => {
    const orders = fc.uniqueArray(fc.integer({ min: 1, max: 40 }), { maxLength: 40 })
    await fc.assert(
      fc.asyncProperty(
        orders,
        fc.integer({ min: 1, max: 64 }),
        fc.nat(20),
        async (tags, prefetch, paceMs) => {
          const { clock, told, done } = gathered(prefetch)
          const open = new Set(Array.from({ length: 40 }, (_, index) => index + 1))
          const finished = new Set<number>()
          const look = () => {
            for (const [tag, multiple] of told.splice(0)) {
              const settled = multiple ? [...open].filter((each) => each <= tag) : [tag]
              // A broker ends the channel where the tag itself is acknowledged already.
              expect(open.has(tag) && settled.every((each) => finished.has(each))).toBe(true)
              for (const each of settled) open.delete(each)
            }
          }
          for (const tag of tags) {
            finished.add(tag)
            done(tag)
            look()
            await clock.advance(paceMs)
            look()
          }
          await clock.advance(60)
          look()
          expect(open.size).toBe(40 - tags.length)
        },
      ),
    )
  })
})
