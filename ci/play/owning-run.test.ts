import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { guardOf, type OwningRun } from './owning-run.ts'

it('a part of a longer run carries its owner’s labels and one of its own, and starts no reaper', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'seawall-part-'))
  const journal = {
    path: 'undo.ndjson',
    willInject: async () => {},
    hasHealed: async () => {},
    async [Symbol.asyncDispose]() {
      throw new Error('the owner still needs its journal')
    },
  }
  const owner: OwningRun = { runId: 'owner', guard: { journal, labels: { 'seawall.run': 'owner' } } }
  {
    await using guard = await guardOf(owner, { runId: 'part-1', folder })
    expect(guard.labels).toEqual({ 'seawall.run': 'owner', 'seawall.part': 'part-1' })
    expect(guard.journal).toBe(journal)
  }
  expect(await readdir(folder)).toEqual([])
  await rm(folder, { recursive: true })
})
