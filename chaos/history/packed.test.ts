import { describe, expect, it } from 'vitest'
import { expandPacked, hexOf, isSameRead, msOfTicks, problemOfAttempts, wordsOf } from './packed.ts'

describe('packed records', () => {
  it('are the same words wherever in memory they lie', () => {
    const bytes = Buffer.from([0, 0, 0, 0, 0, 1, 2, 3, 4, 250, 251, 252, 253])
    const words = [0x04030201, 0xfdfcfbfa]
    for (const shift of [4, 5]) {
      const moved = Buffer.alloc(64)
      bytes.copy(moved, shift - 4)
      expect([...wordsOf(moved.subarray(shift + 1, shift + 9))]).toEqual(words)
    }
  })

  it('have times in units of 10 µs, and digests in eight hex digits', () => {
    expect([0, 7, 29, 4_294_967_295].map(msOfTicks)).toEqual([0, 0.07, 0.29, 42_949_672.95])
    expect([0, 10, 0xdeadbeef].map(hexOf)).toEqual(['00000000', '0000000a', 'deadbeef'])
  })

  it('are looked at one by one, also after one with the same head', () => {
    const record = (error: number, flags = 0) => {
      const bytes = Buffer.alloc(28)
      bytes.set([1, 0, 0, 0, 1, flags, 1])
      bytes.writeUInt16LE(error, 26)
      return bytes
    }
    expect(problemOfAttempts(Buffer.concat([record(0), record(6), record(0)]))).toBeUndefined()
    expect(problemOfAttempts(Buffer.concat([record(0), record(0), record(7)]))).toBe(
      'expected an error below 7, got 7 in record 3',
    )
    expect(problemOfAttempts(Buffer.concat([record(0, 2), record(0, 3)]))).toBe(
      'expected flags 0, 1 or 2, got 3 in record 2',
    )
    const nothingAttempted = record(0)
    nothingAttempted[6] = 0
    expect(problemOfAttempts(nothingAttempted)).toBe('expected an attempt from 1, got 0 in record 1')
    expect(problemOfAttempts(record(0, 255))).toBe('expected flags 0, 1 or 2, got 255 in record 1')
  })

  it('are the lines that they stand for, with all that they say', () => {
    const records = Buffer.alloc(3 * 28)
    records.set([3, 0, 0, 0, 3, 1, 2, 0, 10, 0, 0, 0, 100, 0, 0, 0, 200, 0, 0, 0, 144, 1, 0, 0, 0, 0, 1])
    records.set([4, 0, 0, 0, 2, 0, 1, 1, 0, 0, 0, 0, 7, 0, 0, 0, 8, 0, 0, 0, 9, 0, 0, 0, 148, 1], 28)
    records.set([5, 0, 0, 0, 0, 2, 1], 56)
    const common = { kind: 'op', process: 'k6/1' } as const
    const lines = [...expandPacked({ kind: '@ops', process: 'k6/1', records }, 'o-', 5)]
    const [first, second, third] = [
      { ...common, action: 'submit', id: 'o-3', attempt: 2 },
      { ...common, action: 'get', id: 'o-4', attempt: 1 },
      { ...common, action: 'submit', id: 'o-5', attempt: 1 },
    ]
    expect(lines).toStrictEqual([
      { ...first, type: 'invoke', timeMs: 2, intendedMs: 1, digest: '0000000a', expect: 'dead-letter' },
      { ...first, type: 'info', timeMs: 4, error: 'timeout' },
      { ...second, type: 'invoke', timeMs: 0.08, intendedMs: 0.07 },
      { ...second, type: 'fail', timeMs: 0.09, status: 404 },
      { ...third, type: 'invoke', timeMs: 0, intendedMs: 0, digest: '00000000', invalid: true },
    ])
  })

  it('of one read go on while number and digest stay', () => {
    const reads = Buffer.alloc(36)
    for (const [at, value] of [5, 6, 1, 5, 6, 2, 5, 7, 3].entries()) reads.writeUInt32LE(value, at * 4)
    expect([0, 12, 24, 36].map((at) => isSameRead(reads, at, 5, 6))).toEqual([true, true, false, false])
    expect(isSameRead(reads, 0, 4, 6)).toBe(false)
  })
})
