import { describe, expect, it } from 'vitest'
import { triggers } from '../../scenarios/simulation/triggers/list.ts'
import { readMutants } from './list.ts'
import { controlRow, mutantRow } from './matrix.ts'
import { notYet } from './not-yet.ts'
import { triggerOf } from './trigger-of.ts'
import { trySeeds } from './try-seeds.ts'

// Few seeds, on every change; `npm run seawall mutants` plays twenty, and the night as many as it likes.
const seeds = ['1', '2']
const patienceMs = 300_000
const mutants = await readMutants()
const simulated = mutants.filter(({ simulation }) => simulation !== undefined)

describe('every mutant of the service, in simulation', () => {
  it.each(simulated)(
    '$id, which $title, is caught as $caughtAs',
    async (mutant) => {
      const { name } = triggerOf(mutant)
      const tries = await Array.fromAsync(trySeeds({ mutant: mutant.id, triggers: [name], seeds }))
      const row = mutantRow(mutant, name, tries)
      expect(row).toMatchObject({ caught: seeds.length, missedSeeds: [] })
    },
    patienceMs,
  )
})

describe('the honest service, in simulation', () => {
  it.each(triggers)(
    'is not accused under $name',
    async ({ name }) => {
      const row = controlRow(name, await Array.fromAsync(trySeeds({ triggers: [name], seeds })))
      expect(row).toMatchObject({ accused: 0, unknown: 0, reasons: [] })
    },
    patienceMs,
  )
})

describe('the list of mutants', () => {
  it('is complete from M01 on: each has a diff, or says what it waits for, and never both', () => {
    const ids = [...mutants, ...notYet].map(({ id }) => id).sort()
    expect(ids).toEqual(ids.map((_, at) => `M${String(at + 1).padStart(2, '0')}`))
    expect(ids.length).toBeGreaterThanOrEqual(58)
  })

  it('has two mutants with different causes for each class', () => {
    const counts: Record<string, number> = {}
    for (const { caughtAs } of mutants) counts[caughtAs] = (counts[caughtAs] ?? 0) + 1
    for (const name of ['lost', 'duplicated', 'phantom', 'resurrected', 'corrupted', 'misplaced', 'stuck']) {
      expect([name, counts[name] ?? 0]).toSatisfy(([, count]) => (count as number) >= 2)
    }
  })
})
