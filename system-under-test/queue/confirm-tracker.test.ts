import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { ConfirmTracker } from './confirm-tracker.ts'
import type { PublishOutcome } from './order-queue.ts'

function world(publishes: number) {
  const tracker = new ConfirmTracker()
  const outcomes: PublishOutcome[][] = Array.from({ length: publishes }, () => [])
  outcomes.forEach((list, n) => {
    tracker.expect(`m${n + 1}`, 100 * (n + 1), (outcome) => list.push(outcome))
  })
  const kinds = () => outcomes.map((list) => list.map(({ kind }) => kind).join() || 'waiting')
  return { tracker, outcomes, kinds }
}

describe('a confirm tracker', () => {
  it('settles by tag, in whatever order the confirms come', () => {
    const { tracker, kinds } = world(3)
    tracker.acked(3, false)
    tracker.nacked(1, false)
    expect(kinds()).toEqual(['refused', 'waiting', 'confirmed'])
  })

  it('settles everything up to a tag at once', () => {
    const { tracker, kinds } = world(4)
    tracker.nacked(2, false)
    tracker.acked(3, true)
    expect(kinds()).toEqual(['confirmed', 'refused', 'confirmed', 'waiting'])
  })

  it('does not believe the confirm of what was returned', () => {
    const { tracker, outcomes } = world(2)
    tracker.returned('m2')
    tracker.acked(2, true)
    expect(outcomes.flat()).toEqual([{ kind: 'confirmed' }, { kind: 'refused', cause: 'unroutable' }])
  })

  it('is unsure of what is late, and of everything when the channel is gone', () => {
    const { tracker, outcomes } = world(3)
    expect(tracker.nextDeadlineMs()).toBe(100)
    tracker.expire(100)
    tracker.abandon()
    expect(outcomes.map(([outcome]) => outcome)).toEqual([
      { kind: 'unsure', cause: 'confirm is late' },
      { kind: 'unsure', cause: 'channel closed' },
      { kind: 'unsure', cause: 'channel closed' },
    ])
    expect(tracker.size).toBe(0)
  })

  it('ignores a confirm for what was settled before, or never sent', () => {
    const { tracker, kinds } = world(1)
    tracker.expire(100)
    tracker.acked(1, false)
    tracker.acked(99, false)
    expect(kinds()).toEqual(['unsure'])
  })
})

describe('a confirm tracker, for all orders of confirms', () => {
  it('settles each publish once, and as the first word about it says', () => {
    const word = fc.record({
      tag: fc.integer({ min: 1, max: 12 }),
      multiple: fc.boolean(),
      ack: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(word, { maxLength: 30 }), (words) => {
        const { tracker, kinds } = world(12)
        const expected = Array<string>(12).fill('waiting')
        for (const { tag, multiple, ack } of words) {
          if (ack) tracker.acked(tag, multiple)
          else tracker.nacked(tag, multiple)
          for (let n = multiple ? 1 : tag; n <= tag; n += 1) {
            if (expected[n - 1] === 'waiting') expected[n - 1] = ack ? 'confirmed' : 'refused'
          }
        }
        expect(kinds()).toEqual(expected)
      }),
      { numRuns: 300 },
    )
  })
})
