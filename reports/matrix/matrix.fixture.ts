import type { MatrixRecord } from './matrix.ts'

const interval = { low: 0.84, high: 1 }

/** Three mutants, of which one survived, and the honest service under two triggers. */
export function matrixFixture(title = 'acknowledged before the write'): MatrixRecord {
  const row = { ...interval, tries: 20, caughtAs: 'lost', toVerdictMs: 31_000, tookMs: 90, missedSeeds: [] }
  return {
    format: 'seawall-mutants',
    version: 1,
    where: 'simulation',
    seeds: 20,
    mutants: [
      { ...row, id: 'M28', title, trigger: 'workers-killed', caught: 20, reported: { lost: 20 } },
      {
        ...row,
        id: 'M29',
        title: 'never acknowledged',
        trigger: 'calm',
        caught: 19,
        reported: { stuck: 19 },
      },
      {
        ...row,
        id: 'M30',
        title: 'acknowledges several at once',
        trigger: 'store-away',
        caught: 3,
        missedSeeds: ['4', '5'],
        reported: {},
      },
    ],
    control: [
      { ...interval, trigger: 'calm', tries: 20, accused: 0, unknown: 0, accusedSeeds: [], reasons: [] },
      {
        ...interval,
        trigger: 'store-away',
        tries: 20,
        accused: 1,
        unknown: 2,
        accusedSeeds: ['7'],
        reasons: ['one is lost'],
      },
    ],
    shown: [
      { id: 'M28', title, simulation: 'workers-killed', containers: 'workers-killed' },
      { id: 'M41', title: 'reads at ONE', waitsFor: 'a store of three nodes' },
    ],
    experimentsPerHour: 7_200,
  }
}
