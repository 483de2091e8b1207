import { describe, expect, it } from 'vitest'
import { effectsSeen } from './effects-seen.ts'

describe('what a row of the store proves', () => {
  it.each([
    ['an order that is done, its effects', 'done', ['e1', 'e2'], ['e1', 'e2']],
    ['an order that is done without one, none', 'done', [], []],
    ['an order between its steps, none', 'reserving', [], []],
    ['an order between its steps that has an effect already, none', 'reserving', ['e1'], []],
    ['an order that was refused, nothing', 'refused', [], undefined],
    ['an order that was refused and has an effect, that it is there without one', 'refused', ['e1'], []],
  ] as const)('is of %s', (_what, state, effects, seen) => {
    expect(effectsSeen(state, effects)).toEqual(seen)
  })
})
