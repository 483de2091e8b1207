import { appendFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { UndoRecord } from '../faults/fault.ts'
import { openUndoJournal, readPending } from './undo-journal.ts'
import { pendingRecords } from './undo-lines.ts'

const record = (fault: string): UndoRecord => ({
  fault,
  faultKind: 'container-pause',
  target: 'worker-1',
  steps: [{ do: 'container-unpause', containerId: 'c1' }],
  byHand: 'docker unpause c1',
})
const undo = (fault: string) => `${JSON.stringify({ undo: record(fault) })}\n`
const healed = (fault: string) => `${JSON.stringify({ healed: fault })}\n`
const names = (records: readonly UndoRecord[]) => records.map(({ fault }) => fault)

describe('the undo journal', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'seawall-journal-'))
  })
  afterAll(() => rm(folder, { recursive: true }))

  it('gives back what was written and not healed, newest first', async () => {
    const path = join(folder, 'undo.ndjson')
    await using journal = await openUndoJournal(path)
    for (const fault of ['f1', 'f2', 'f3']) await journal.willInject(record(fault))
    await journal.hasHealed('f2')
    expect(await readPending(path)).toEqual([record('f3'), record('f1')])
  })

  it('goes on where another writer was killed', async () => {
    const path = join(folder, 'torn.ndjson')
    await appendFile(path, `${undo('f1')}{"undo":{"fault":"f2"`)
    await using journal = await openUndoJournal(path)
    await journal.willInject(record('f3'))
    await journal.hasHealed('f1')
    expect(names(await readPending(path))).toEqual(['f3'])
  })

  it('has nothing pending where it was never made', async () => {
    expect(await readPending(join(folder, 'nowhere.ndjson'))).toEqual([])
  })
})

describe('pending records', () => {
  it('pass over a torn or foreign line, wherever it is', () => {
    expect(names(pendingRecords(`${undo('f1')}{"undo":{"fau`))).toEqual(['f1'])
    expect(names(pendingRecords(`no json\nnull\n{"undo":null}\n{"healed":7}\n${undo('f1')}`))).toEqual(['f1'])
  })

  it('count a fault that was injected again after its heal', () => {
    expect(names(pendingRecords(undo('f1') + healed('f1') + undo('f1')))).toEqual(['f1'])
  })

  it('are none in an empty journal', () => {
    expect(pendingRecords('')).toEqual([])
  })
})
