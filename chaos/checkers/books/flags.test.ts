import { describe, expect, it } from 'vitest'
import { accountOf, expectsDeadLetters, inDeadLetters, inQueue, rankOfEnd, withStoreLine } from './flags.ts'

describe('the flags of an account', () => {
  it('count lines of the store and effects up to two, whatever else is known', () => {
    for (const others of [0, inQueue | rankOfEnd.ok, expectsDeadLetters | inDeadLetters | rankOfEnd.fail]) {
      for (const [lines, storeLines, effects] of [
        [[], 0, 0],
        [[0], 1, 0],
        [[1], 1, 1],
        [[2], 1, 2],
        [[7], 1, 2],
        [[0, 0], 2, 0],
        [[0, 1], 2, 1],
        [[1, 0], 2, 1],
        [[1, 1], 2, 2],
        [[2, 0], 2, 2],
        [[0, 0, 0], 2, 0],
        [[0, 0, 1], 2, 1],
        [[1, 1, 1], 2, 2],
      ] as const) {
        const flags = (lines as readonly number[]).reduce(withStoreLine, others)
        expect(accountOf(flags, false)).toEqual({
          ...accountOf(others, false),
          inStore: lines.length > 0,
          storeLines,
          effects,
        })
      }
    }
  })

  it('tell the end, what is expected, and the other places', () => {
    const none = { inStore: false, storeLines: 0, effects: 0 }
    expect(accountOf(0, false)).toEqual({
      ...none,
      end: 'never-invoked',
      expect: 'store',
      inDeadLetters: false,
      inQueue: false,
      digestUnknown: false,
    })
    expect(accountOf(expectsDeadLetters | inDeadLetters | inQueue | rankOfEnd.info, true)).toEqual({
      ...none,
      end: 'info',
      expect: 'dead-letter',
      inDeadLetters: true,
      inQueue: true,
      digestUnknown: true,
    })
    expect([rankOfEnd.fail, rankOfEnd.ok].map((rank) => accountOf(rank, false).end)).toEqual(['fail', 'ok'])
  })
})
