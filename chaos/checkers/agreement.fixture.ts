import { expect } from 'vitest'
import { compare } from './compare.fixture.ts'

/** What the random histories of a walk were like: a walk that met too little shows nothing. */
export interface Met {
  readonly verdicts: Readonly<Record<string, number>>
  readonly classes: ReadonlySet<string>
}

/** Compares the judge with the slow reference on the random histories of these numbers; the seed is in the message. */
export function expectAgreement(from: number, to: number): Met {
  const verdicts: Record<string, number> = { pass: 0, fail: 0, unknown: 0 }
  const classes = new Set<string>()
  for (let number = from; number < to; number += 1) {
    const { expected, ...results } = compare(`history ${number}`)
    const wanted = JSON.stringify(expected)
    for (const [form, got] of Object.entries(results))
      if (JSON.stringify(got) !== wanted) expect(got, `seed "history ${number}", ${form}`).toEqual(expected)
    verdicts[expected.verdict] = (verdicts[expected.verdict] ?? 0) + 1
    for (const [name, count] of Object.entries(expected.counts)) if (count > 0) classes.add(name)
  }
  return { verdicts, classes }
}
