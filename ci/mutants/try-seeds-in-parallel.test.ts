import { describe, expect, it } from 'vitest'
import type { SeedsAsked, SeedTried } from './try-seeds.ts'
import { trySeedsInParallel } from './try-seeds-in-parallel.ts'

// Threads that bundle the service each: seconds on a busy machine.
const patienceMs = 300_000
const from = (first: number, count: number) => Array.from({ length: count }, (_, at) => String(first + at))

/** What was told, without how long each took. */
async function tried(asked: SeedsAsked, threadsMax: number, signal = new AbortController().signal) {
  const all: Omit<SeedTried, 'tookMs'>[] = []
  await trySeedsInParallel([asked], { threadsMax, signal, tell: ({ tookMs, ...one }) => all.push(one) })
  return all
}

describe('runs on several threads', () => {
  it(
    'say the same as on one, in the order of the seeds',
    async () => {
      const asked = { mutant: 'M23', triggers: ['calm', 'store-away'], seeds: from(7, 12) }
      const onTwo = await tried(asked, 2)
      expect(onTwo.map(({ seed }) => seed)).toEqual(asked.seeds)
      expect(onTwo.map(({ trigger }) => trigger).slice(0, 2)).toEqual(['store-away', 'calm'])
      expect(new Set(onTwo.map(({ outcome }) => outcome.verdict))).toEqual(new Set(['pass', 'fail']))
      expect(onTwo).toEqual(await tried(asked, 1))
    },
    patienceMs,
  )

  it(
    'end with the error of a thread, and at the signal',
    async () => {
      const asked = { triggers: ['clam'], seeds: from(1, 20) }
      await expect(tried(asked, 2)).rejects.toThrow('calm')
      const over = AbortSignal.abort(new Error('enough'))
      await expect(tried({ ...asked, triggers: ['calm'] }, 2, over)).rejects.toThrow('enough')
    },
    patienceMs,
  )

  it(
    'stop in the middle when they are told to',
    async () => {
      const stop = new AbortController()
      const playing = trySeedsInParallel([{ triggers: ['calm'], seeds: from(1, 100_000) }], {
        threadsMax: 2,
        signal: stop.signal,
        tell: () => stop.abort(new Error('enough')),
      })
      await expect(playing).rejects.toThrow('enough')
    },
    patienceMs,
  )
})
