import { open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { UndoRecord } from '../faults/fault.ts'
import { type JournalLine, pendingRecords } from './undo-lines.ts'

/** Where undo records are kept, outside this process's memory, so that another process can heal after its death. */
export interface UndoJournal {
  /** Resolves when the record is on the disk. Call it before the injection, never after. */
  willInject(record: UndoRecord): Promise<void>
  /** Marks a fault as healed: from now on nobody else needs to heal it. */
  hasHealed(fault: string): Promise<void>
}

export interface OpenUndoJournal extends UndoJournal, AsyncDisposable {
  readonly path: string
}

/** Opens a run's journal for appending and makes it if it is not there. Each line is on the disk when its call resolves. */
export async function openUndoJournal(path: string): Promise<OpenUndoJournal> {
  const file = await open(path, 'a')
  await syncFolder(dirname(path))
  const append = async (line: JournalLine) => {
    // One write a line: with O_APPEND, two writers never mix. It begins anew after what a killed one left torn.
    await file.appendFile(`\n${JSON.stringify(line)}\n`)
    await file.sync()
  }
  return {
    path,
    willInject: (record) => append({ undo: record }),
    hasHealed: (fault) => append({ healed: fault }),
    [Symbol.asyncDispose]: () => file.close(),
  }
}

/** What is not healed yet, newest first; a journal that was never made has nothing. */
export async function readPending(path: string): Promise<UndoRecord[]> {
  try {
    return pendingRecords(await readFile(path, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw error
  }
}

/** Without it the file's name may be lost with the power, though its bytes were synced. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
