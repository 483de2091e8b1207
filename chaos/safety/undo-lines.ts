import type { UndoRecord } from '../faults/fault.ts'

/**
 * The lines of an undo journal, JSON, one a line:
 *
 *     {"undo":{"fault":"f1","faultKind":"container-pause","target":"worker-1","steps":[…],"byHand":"docker unpause …"}}
 *     {"healed":"f1"}
 */
export type JournalLine = { readonly undo: UndoRecord } | { readonly healed: string }

/**
 * The records that no later line marks as healed, newest first. A line that cannot be read is passed over: the last
 * one is torn when its writer was killed while it wrote (nothing was injected then), and what is readable must be healed.
 */
export function pendingRecords(text: string): UndoRecord[] {
  const pending = new Map<string, UndoRecord>()
  for (const line of text.split('\n')) {
    const read = parse(line)
    if (read === undefined) continue
    if ('healed' in read) pending.delete(read.healed)
    else pending.set(read.undo.fault, read.undo)
  }
  return [...pending.values()].reverse()
}

function parse(line: string): JournalLine | undefined {
  try {
    const read: unknown = JSON.parse(line)
    return isJournalLine(read) ? read : undefined
  } catch {
    return undefined
  }
}

function isJournalLine(read: unknown): read is JournalLine {
  if (typeof read !== 'object' || read === null) return false
  if ('healed' in read) return typeof read.healed === 'string'
  const undo = 'undo' in read ? (read.undo as Partial<UndoRecord> | null) : undefined
  return typeof undo?.fault === 'string' && Array.isArray(undo.steps)
}
