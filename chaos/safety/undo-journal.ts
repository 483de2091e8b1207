import { close, fsync, openSync, write } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { promisify } from 'node:util'
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
  // A number, not a FileHandle: those are closed, and end the process, when nobody holds them for a while.
  const file = openSync(path, 'a')
  await syncFolder(dirname(path))
  const append = async (line: JournalLine) => {
    // One write a line: with O_APPEND, two writers never mix. It begins anew after what a killed one left torn.
    const bytes = Buffer.from(`\n${JSON.stringify(line)}\n`)
    const { bytesWritten } = await promisify(write)(file, bytes)
    if (bytesWritten < bytes.length)
      throw new Error(`only ${bytesWritten} of ${bytes.length} bytes were written`)
    await promisify(fsync)(file)
  }
  return {
    path,
    willInject: (record) => append({ undo: record }),
    hasHealed: (fault) => append({ healed: fault }),
    [Symbol.asyncDispose]: () => promisify(close)(file),
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
