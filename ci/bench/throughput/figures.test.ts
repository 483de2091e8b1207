import { describe, expect, it } from 'vitest'
import { isReached } from '../figure.ts'
import { figuresOf, type Round } from './figures.ts'

const round: Round = {
  rawHttp: 30_000,
  rawConfirm: 10_000,
  rawWrite: 2_000,
  accepted: 8_000,
  stored: 1_500,
  drained: 1_800,
  forgotten: 10_000,
}

/** Of those that have a limit, and so of rounds in which each part has processors of its own. */
const limited = (apart: readonly Round[]) =>
  figuresOf({ apart, together: [] }).flatMap(({ value, atLeast }) => (atLeast === undefined ? [] : [value]))

const explained = (together: readonly Round[]) =>
  figuresOf({ apart: [], together }).flatMap(({ value, why }) => (why === undefined ? [] : [value]))

describe('the figures of throughput', () => {
  it('compare with the slower of two parts', () => {
    expect(limited([round])).toEqual([0.8, 0.75, 0.8])
    expect(limited([{ ...round, rawHttp: 8_000, rawConfirm: 1_500 }])).toEqual([8_000 / 1_500, 1, 0.8])
  })

  it('are the middle one of the ratios of all rounds, so that one bad moment of a machine does not count', () => {
    const slow = { ...round, rawConfirm: 1_000, accepted: 100, forgotten: 50_000 }
    expect(limited([round, slow, round])).toEqual([0.8, 0.75, 0.8])
  })

  it('compare, to be read beside them, with all parts one after the other where all share the processors', () => {
    const parts = { ...round, rawHttp: 6_000, rawConfirm: 3_000, rawWrite: 2_000 }
    const [, accepted, , stored] = explained([{ ...parts, accepted: 1_500, stored: 750 }])
    expect(accepted).toBeCloseTo(0.75)
    expect(stored).toBeCloseTo(0.75)
  })

  it('say what the order of each customer costs, and nothing where it was not measured', () => {
    expect(explained([{ ...round, storedInOrder: 1_200 }]).at(-1)).toBeCloseTo(0.8)
    expect(explained([round]).at(-1)).toBeNaN()
  })

  it('are not reached where no round was played', () => {
    expect(
      figuresOf({ apart: [], together: [round] })
        .filter(({ atLeast }) => atLeast)
        .some(isReached),
    ).toBe(false)
  })
})
