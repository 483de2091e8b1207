import type { UndoRecord } from '../faults/fault.ts'

/** Where undo records are kept, outside this process's memory, so that another process can heal after its death. */
export interface UndoJournal {
  /** Resolves when the record is on the disk. Call it before the injection, never after. */
  willInject(record: UndoRecord): Promise<void>
  /** Marks a fault as healed: from now on nobody else needs to heal it. */
  hasHealed(fault: string): Promise<void>
}
