import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { readMutants } from './list.ts'
import { patchedFiles } from './patched-files.ts'
import { mutantSource } from './source.ts'
import { typeProblems } from './type-problems.fixture.ts'

const patienceMs = 300_000

describe('the source of a mutant', () => {
  it('is a copy of the service with the bug, and is gone when it is disposed of', async () => {
    let root: string
    {
      await using source = await mutantSource('M28')
      root = source.root
      const [patch] = source.mutant.files
      const added = patch?.hunks[0]?.newLines.join('\n') ?? 'nothing'
      expect(readFileSync(path.join(root, patch?.path ?? ''), 'utf8')).toContain(added)
    }
    expect(existsSync(root)).toBe(false)
  })

  it('is refused by name when the honest sources have moved on', async () => {
    const [mutant] = await readMutants()
    if (mutant === undefined) throw new Error('there are no mutants')
    const gone = { path: 'worker/worker.ts', hunks: [{ oldStart: 1, oldLines: ['gone'], newLines: [] }] }
    const refused = patchedFiles({ ...mutant, files: [gone] })
    await expect(refused).rejects.toThrow(`mutant ${mutant.id} does not fit the honest sources any more`)
  })
})

describe('all mutants together', () => {
  it(
    'would be refused for a bug that is no correct program',
    () => {
      const broken = new Map([['clock.ts', 'export const realClock: number = "late"\n']])
      expect(typeProblems(new Map([['M00', broken]]))).toEqual([
        expect.stringMatching(/^M00.*clock.ts: Type 'string' is not assignable/),
      ])
    },
    patienceMs,
  )

  it(
    'are correct programs: only what they do is wrong',
    async () => {
      const mutants = await readMutants()
      const all = await Promise.all(
        mutants.map(
          async (mutant): Promise<[string, ReadonlyMap<string, string>]> => [
            mutant.id,
            await patchedFiles(mutant),
          ],
        ),
      )
      expect(all.length).toBeGreaterThan(40)
      expect(typeProblems(new Map(all))).toEqual([])
    },
    patienceMs,
  )
})
