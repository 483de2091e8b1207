import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { keepMatrix } from '../keep-matrix.ts'
import { matrixSentence, renderMatrix } from '../render/matrix-page.ts'
import { matrixFixture } from './matrix.fixture.ts'
import { readMatrix, storedMatrices } from './store-matrix.ts'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'seawall-matrix-'))
})
afterEach(() => rm(root, { recursive: true, maxRetries: 5 }))

describe('the matrix of mutants', () => {
  it('says in a sentence how many were caught, and whether the honest service was accused', () => {
    expect(matrixSentence(matrixFixture())).toBe(
      '2 of 3 mutants caught in simulation, the honest service accused in 1 of 40 runs.',
    )
  })

  it('has a row for each mutant, with what was missed and what was reported', () => {
    const page = renderMatrix(matrixFixture(), '')
    expect(page).toMatch(/M28.*pass.*20 of 20.*84 % to 100 %/)
    expect(page).toMatch(/M30.*fail.*3 of 20.*nothing.*missed by seeds 4, 5/)
    expect(page).toMatch(/store-away.*fail.*one is lost \(seeds 7\)/)
    expect(page).toMatch(/M41.*a store of three nodes/)
  })

  it('is kept as JSON and as a page, and linked from the list of all runs', async () => {
    const matrix = matrixFixture()
    const page = await keepMatrix(root, matrix)
    expect(await readFile(page, 'utf8')).toContain('2 of 3 mutants caught')
    expect(await storedMatrices(root)).toEqual([matrix])
    expect(await readMatrix(join(root, 'mutants/simulation.json'))).toEqual(matrix)
    expect(await readFile(join(root, 'index.html'), 'utf8')).toMatch(
      /<a href="mutants\/simulation.html">2 of 3/,
    )
  })

  it('leaves what is no matrix out of the list, and refuses to render it', async () => {
    await keepMatrix(root, matrixFixture())
    const torn = join(root, 'mutants/torn.json')
    await writeFile(torn, '{"format":"seawall-mutants","version":1')
    expect(await storedMatrices(root)).toHaveLength(1)
    await expect(readMatrix(torn)).rejects.toThrow(/HARNESS_RECORD_INVALID.*torn.json.*\nHint: /)
    await expect(readMatrix(join(root, 'nowhere.json'))).rejects.toThrow('HARNESS_RECORD_INVALID')
  })
})
