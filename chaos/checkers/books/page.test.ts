import { describe, expect, it } from 'vitest'
import { rankOfEnd } from './flags.ts'
import {
  attemptBitsAt,
  attemptsOf,
  bytesOf,
  countStates,
  digestAt,
  forEachIn,
  newPage,
  pageSize,
  runAt,
  setDigest,
  setRun,
} from './page.ts'

describe('a page of accounts', () => {
  it('keeps runs from the first one on, in 16 bits while they suffice', () => {
    const page = newPage()
    expect(runAt(page, 0)).toBe(0)
    setRun(page, 0, 1_000_000)
    setRun(page, 1, 1_000_000 + 0xfffe)
    expect(bytesOf(page)).toBe(pageSize * 7)
    expect([runAt(page, 0), runAt(page, 1), runAt(page, 2)]).toEqual([1_000_000, 1_065_534, 0])
    setRun(page, 2, 1_000_000 + 0xffff)
    expect(bytesOf(page)).toBe(pageSize * 9)
    const wide = page.runs
    setRun(page, 3, 1_000_000 + 0x20000)
    expect(page.runs).toBe(wide)
    expect([0, 1, 2, 3].map((at) => runAt(page, at))).toEqual([1_000_000, 1_065_534, 1_065_535, 1_131_072])
  })

  it('says of attempts that nobody wrote down that the invoked ones had one', () => {
    const page = newPage()
    page.flags[3] = rankOfEnd.info
    expect([2, 3].map((at) => attemptBitsAt(page, at))).toEqual([0, 1])
    attemptsOf(page)[2] = 0b101
    expect([2, 3, 4].map((at) => attemptBitsAt(page, at))).toEqual([0b101, 1, 0])
    expect(attemptsOf(page)).toBe(attemptsOf(page))
    expect(bytesOf(page)).toBe(pageSize * 8)
  })

  it('keeps digests of both sorts, and forgets the sort of the one before', () => {
    const page = newPage()
    setDigest(page, 1, 0xffffffff)
    expect([digestAt(page, 0), digestAt(page, 1)]).toEqual([0, 0xffffffff])
    expect(page.attempts).toBeUndefined()
    setDigest(page, 2, 2 ** 32 + 7)
    expect([1, 2].map((at) => digestAt(page, at))).toEqual([0xffffffff, 2 ** 32 + 7])
    setDigest(page, 2, 7)
    setDigest(page, 1, 2 ** 32)
    expect([1, 2].map((at) => digestAt(page, at))).toEqual([2 ** 32, 7])
    expect(attemptBitsAt(page, 2)).toBe(0)
  })

  it('visits and counts every account with flags, wherever it lies', () => {
    const page = newPage()
    const at = [0, 5, 6, 7, 8, 4_001, pageSize - 1]
    for (const [number, place] of at.entries()) {
      page.flags[place] = number + 1
      setRun(page, place, number + 10)
    }
    const visited: number[][] = []
    forEachIn(page, (...account) => visited.push(account))
    expect(visited).toEqual(at.map((place, number) => [number + 1, number + 10, place]))
    const histogram = new Float64Array(256)
    countStates(page, histogram)
    countStates(page, histogram)
    expect([...histogram.subarray(1, 9)]).toEqual([2, 2, 2, 2, 2, 2, 2, 0])
  })
})
