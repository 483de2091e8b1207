import { describe, expect, it } from 'vitest'
import { expectAgreement } from './agreement.fixture.ts'

/** `npm run check:soak -- --histories N` goes on from here. */
const histories = 10_000

/** About 10 s of work on an idle machine; one that is thirty times slower passes too. */
const timeoutMs = 300_000

describe('the judge, at length', () => {
  it(
    'agrees with the slow reference, on enough histories of each verdict and class',
    () => {
      const { verdicts, classes } = expectAgreement(0, histories)
      expect(Math.min(...Object.values(verdicts)), JSON.stringify(verdicts)).toBeGreaterThan(histories / 100)
      expect(classes.size).toBe(17)
    },
    timeoutMs,
  )
})
