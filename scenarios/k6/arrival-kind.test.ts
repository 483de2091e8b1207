import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { usualMix } from '../profiles/mix.ts'
import { arrivalDraws, arrivalOf, repeatLags } from './arrival-kind.ts'
import { seedOf } from './chance.ts'

const mix = { ...usualMix, repeatShare: 0.3, conflictShare: 0.1 }

const from = (seed: string) => arrivalDraws(seedOf(seed), mix)

describe('what an arrival does', () => {
  it('follows from the seed and its number alone', () => {
    expect(arrivalOf(from('a'), 4_711)).toEqual(arrivalOf(from('a'), 4_711))
    const kinds = (seed: string) => Array.from({ length: 300 }, (_, n) => arrivalOf(from(seed), n).kind)
    expect(kinds('a')).not.toEqual(kinds('b'))
  })

  it('has the shares of the mix', () => {
    const count = 20_000
    const kinds = Array.from(
      { length: count },
      (_, n) => arrivalOf(arrivalDraws(seedOf('shares'), usualMix), n).kind,
    )
    const share = (kind: string) => kinds.filter((each) => each === kind).length / count
    expect(share('poison')).toBeCloseTo(usualMix.poisonShare, 2)
    expect(share('read')).toBeCloseTo(usualMix.readShare, 2)
    expect(share('conflict')).toBeCloseTo(usualMix.conflictShare, 2)
    // A few repeats find nothing to repeat and are orders of their own.
    expect(share('repeat')).toBeGreaterThan(usualMix.repeatShare * 0.7)
  })

  it('repeats an earlier order at each of its distances', () => {
    const all = Array.from({ length: 6_000 }, (_, n) => arrivalOf(from('lags'), n))
    const repeats = all.filter(({ kind }) => kind === 'repeat')
    expect(new Set(repeats.map(({ n, subject }) => n - subject))).toEqual(new Set(repeatLags))
  })
})

describe('what arrivals do, for all seeds', () => {
  it('never gives one attempt number of an order to two arrivals', () => {
    fc.assert(
      fc.property(fc.string(), (seed) => {
        const taken = new Set<string>()
        for (let n = 0; n < 4_000; n += 1) {
          const { subject, firstAttempt } = arrivalOf(from(seed), n)
          const key = `${subject}/${firstAttempt}`
          expect(taken.has(key)).toBe(false)
          taken.add(key)
        }
      }),
      { numRuns: 20 },
    )
  })

  it('repeats only what stores an order, and only what came before', () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(100_000), (seed, n) => {
        const { kind, subject, subjectKind } = arrivalOf(from(seed), n)
        if (kind !== 'repeat') {
          expect(subject).toBe(n)
          return
        }
        expect(subject).toBeLessThan(n)
        expect(['order', 'poison', 'large']).toContain(subjectKind)
        expect(arrivalOf(from(seed), subject).kind).toBe(subjectKind)
      }),
      { numRuns: 500 },
    )
  })
})
