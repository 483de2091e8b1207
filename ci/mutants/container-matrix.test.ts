import { describe, expect, it } from 'vitest'
import { controlRowOf, mutantRowOf } from './container-matrix.ts'
import { containerMutants } from './on-containers.ts'

const [mutant] = await containerMutants()
if (mutant === undefined) throw new Error('no mutant shows on containers')

const trial = (seed: string, more: { reported?: string[]; verdict?: 'pass' | 'fail' | 'unknown' } = {}) => ({
  seed,
  reported: more.reported ?? [],
  verdict: more.verdict ?? ('pass' as const),
  sentence: `seed ${seed}`,
  toVerdictMs: 30_000,
  tookMs: 40_000,
})

describe('a row of the matrix of containers', () => {
  it('counts what was caught and what was reported, and names the seeds that missed', () => {
    const caught = { ...trial('1', { reported: ['lost', 'stuck'] }), isCaught: true }
    const missed = { ...trial('2', { reported: ['stuck'] }), isCaught: false }
    expect(mutantRowOf(mutant, [caught, missed])).toMatchObject({
      id: 'M01',
      caughtAs: 'lost',
      caught: 1,
      tries: 2,
      reported: { lost: 1, stuck: 2 },
      missedSeeds: ['2'],
      tookMs: 40_000,
    })
  })

  it('holds accusations and runs without a verdict against the control, with their sentences', () => {
    const row = controlRowOf('calm', [
      trial('1'),
      trial('2', { verdict: 'fail' }),
      trial('3', { verdict: 'unknown' }),
    ])
    expect(row).toMatchObject({
      accused: 1,
      unknown: 1,
      tries: 3,
      accusedSeeds: ['2'],
      reasons: ['seed 2', 'seed 3'],
    })
  })
})
