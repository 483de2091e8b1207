import { describe, expect, it } from 'vitest'
import { mutantsOf } from './list.ts'
import { simulatedMatrix } from './simulated-matrix.ts'

// Threads that bundle the service each: seconds on a busy machine.
const patienceMs = 300_000
const mutants = await mutantsOf(['M23', 'M64'])

/** The matrix and its lines, without what a clock says of them. */
async function played(threadsMax: number) {
  const lines: string[] = []
  const signal = new AbortController().signal
  const { experimentsPerHour, ...matrix } = await simulatedMatrix(mutants, {
    seeds: ['1', '2', '3', 'a word'],
    threadsMax,
    signal,
    tell: (text) => lines.push(text.replace(/, \S+ s in all/, '')),
    progress: () => {},
  })
  return { lines, matrix: { ...matrix, mutants: matrix.mutants.map((row) => ({ ...row, tookMs: 0 })) } }
}

describe('the matrix of mutants in simulation', () => {
  it(
    'is the same on several threads as on one, to the byte, and told in the same order',
    async () => {
      const onOne = await played(1)
      expect(onOne.lines.map((line) => line.slice(0, 8))).toEqual([
        '✓ M23  l',
        '✓ M64  m',
        '✓ honest',
        '✓ honest',
      ])
      expect(onOne.matrix.mutants.map(({ caught }) => caught)).toEqual([4, 4])
      const onThree = await played(3)
      expect(onThree.lines).toEqual(onOne.lines)
      expect(JSON.stringify(onThree.matrix)).toBe(JSON.stringify(onOne.matrix))
    },
    patienceMs,
  )
})
