import { describe, expect, it } from 'vitest'
import { isReached } from '../figure.ts'
import { figuresOf } from './throughput.ts'

const round = {
  rawHttp: 30_000,
  rawConfirm: 10_000,
  rawWrite: 2_000,
  accepted: 8_000,
  stored: 1_500,
  drained: 1_800,
  forgotten: 10_000,
}

/** Of those that have a limit. */
const byName = (rounds: Parameters<typeof figuresOf>[0]) =>
  figuresOf(rounds).flatMap(({ value, atLeast }) => (atLeast === undefined ? [] : [value]))

describe('the figures of throughput', () => {
  it('compare with the slower of two parts', () => {
    expect(byName([round])).toEqual([0.8, 0.75, 0.8])
    expect(byName([{ ...round, rawHttp: 8_000, rawConfirm: 1_500 }])).toEqual([8_000 / 1_500, 1, 0.8])
  })

  it('are the middle one of the ratios of all rounds, so that one bad moment of a machine does not count', () => {
    const slow = { ...round, rawConfirm: 1_000, accepted: 100, forgotten: 50_000 }
    expect(byName([round, slow, round])).toEqual([0.8, 0.75, 0.8])
  })

  it('compare, to be read beside them, with all parts one after the other', () => {
    const parts = { ...round, rawHttp: 6_000, rawConfirm: 3_000, rawWrite: 2_000 }
    const [accepted, stored] = figuresOf([{ ...parts, accepted: 1_500, stored: 750 }]).flatMap(
      ({ value, atLeast, why }) => (atLeast === undefined && why !== undefined ? [value] : []),
    )
    expect(accepted).toBeCloseTo(0.75)
    expect(stored).toBeCloseTo(0.75)
  })

  it('are not reached where no round was played', () => {
    expect(figuresOf([]).some(isReached)).toBe(false)
  })
})
