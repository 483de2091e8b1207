import { describe, expect, it } from 'vitest'
import { expectAgreement } from './agreement.fixture.ts'

/** A fifth of a second of work; judge-at-length.test.ts goes on from here. */
const histories = 100

describe('the judge', () => {
  it('agrees with the slow reference on random histories, as lines and in both encodings', () => {
    expect(expectAgreement(0, histories).classes.size).toBe(17)
  }, 120_000)
})
