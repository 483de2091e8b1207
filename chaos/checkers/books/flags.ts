import type { Account, End } from '../account.ts'

/**
 * An account's state in one byte, so that a hundred million of them fit into memory and the classes can be
 * read from a table of 256 rows:
 *
 *     bits 0-1  end: 0 never invoked, 1 fail, 2 info, 3 ok (the greater wins)
 *     bit  2    expected in the dead letters
 *     bit  3    in the dead letters
 *     bit  4    in the queue
 *     bits 5-7  store: 0 absent; 1, 2, 3 = one line with 0, 1, more effects; 4, 5, 6 = more lines with 0, 1, more
 */
export const endMask = 0b11
export const expectsDeadLetters = 1 << 2
export const inDeadLetters = 1 << 3
export const inQueue = 1 << 4
const storeShift = 5
export const inStoreMask = 0b111 << storeShift
export const inPlacesMask = inDeadLetters | inQueue | inStoreMask

export const rankOfEnd = { fail: 1, info: 2, ok: 3 } as const
const ends: readonly End[] = ['never-invoked', 'fail', 'info', 'ok']

/** The state after one more `read` line of the store with so many effects. */
export function withStoreLine(flags: number, effects: number): number {
  const store = flags >>> storeShift
  const sum = (store === 0 ? 0 : (store - 1) % 3) + effects
  const next = (store === 0 ? 1 : 4) + (sum > 2 ? 2 : sum)
  return (flags & ~inStoreMask) | (next << storeShift)
}

export function accountOf(flags: number, digestUnknown: boolean): Account {
  const store = flags >>> storeShift
  return {
    end: ends[flags & endMask] as End,
    expect: flags & expectsDeadLetters ? 'dead-letter' : 'store',
    inStore: store !== 0,
    inDeadLetters: (flags & inDeadLetters) !== 0,
    inQueue: (flags & inQueue) !== 0,
    storeLines: store === 0 ? 0 : store < 4 ? 1 : 2,
    effects: (store === 0 ? 0 : (store - 1) % 3) as Account['effects'],
    digestUnknown,
  }
}
