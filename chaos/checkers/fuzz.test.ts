import { describe, expect, it } from 'vitest'
import { fuzz } from './fuzz.fixture.ts'

const histories = 2_000

/** About 1 s of work on an idle machine. */
const timeoutMs = 120_000

describe('whatever it is handed', () => {
  it(
    'the judge ends with a verdict or with "no history", and nothing else',
    async () => {
      const seen = new Map<number, number>()
      for (let number = 0; number < histories; number += 1) {
        const exitCode = await fuzz(`fuzz ${number}`)
        if (![0, 1, 2, 64].includes(exitCode)) expect.fail(`seed "fuzz ${number}": exit ${exitCode}`)
        seen.set(exitCode, (seen.get(exitCode) ?? 0) + 1)
      }
      expect([...seen.keys()].toSorted((a, b) => a - b)).toEqual([0, 1, 2, 64])
    },
    timeoutMs,
  )
})
