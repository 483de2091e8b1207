import { describe, expect, it } from 'vitest'
import { compare } from './compare.fixture.ts'

/** `npm run check:soak -- --histories N` goes on from here. */
const histories = 10_000

/** About 10 s of work on an idle machine; one that is thirty times slower passes too. */
const timeoutMs = 300_000

describe('the judge', () => {
  it(
    'agrees with the slow reference on random histories, as lines and in both encodings',
    () => {
      const verdicts = { pass: 0, fail: 0, unknown: 0 }
      const classes = new Set<string>()
      for (let number = 0; number < histories; number += 1) {
        const { expected, ...results } = compare(`history ${number}`)
        const wanted = JSON.stringify(expected)
        for (const [form, got] of Object.entries(results))
          if (JSON.stringify(got) !== wanted)
            expect(got, `seed "history ${number}", ${form}`).toEqual(expected)
        verdicts[expected.verdict as keyof typeof verdicts] += 1
        for (const [name, count] of Object.entries(expected.counts)) if (count > 0) classes.add(name)
      }
      expect(Math.min(...Object.values(verdicts)), JSON.stringify(verdicts)).toBeGreaterThan(histories / 100)
      expect(classes.size).toBe(17)
    },
    timeoutMs,
  )
})
