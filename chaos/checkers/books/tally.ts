import type { Account } from '../account.ts'
import { accountOf } from './flags.ts'
import type { OrderBooks } from './order-books.ts'
import type { OrderTable } from './order-table.ts'

export const examplesMax = 10

type Predicate = (account: Account) => boolean

/** The closed books: how many accounts are in each state, and which. */
export interface Tally {
  readonly books: OrderBooks
  /** True if every planned place was read to its end, so that absence is seen. */
  readonly allPlacesRead: boolean
  count(predicate: Predicate): number
  /** Up to ten ids, in the order in which the history first names them. */
  examples(predicate: Predicate): readonly string[]
}

const states = 256

/** Closes books of which every file has ended. */
export function tallyOf(books: OrderBooks): Tally {
  const tables = books.ids.tables.map((table) => ({ table, unknown: table.withUnknownDigest() }))
  const known = new Float64Array(states)
  const unknown = new Float64Array(states)
  for (const entry of tables) {
    entry.table.countInto(known)
    for (const flags of entry.unknown.values()) {
      known[flags] = (known[flags] as number) - 1
      unknown[flags] = (unknown[flags] as number) + 1
    }
  }
  return {
    books,
    allPlacesRead: books.watch.unreadPlaces().length === 0,
    count: (predicate) => {
      const rows = rowsOf(predicate)
      return known.reduce((sum, count, flags) => {
        const unknownCount = unknown[flags] as number
        return sum + (rows.known[flags] ? count : 0) + (rows.unknown[flags] ? unknownCount : 0)
      }, 0)
    },
    examples: (predicate) => firstNamed(tables, rowsOf(predicate)),
  }
}

interface Rows {
  readonly known: readonly boolean[]
  readonly unknown: readonly boolean[]
}

/** State 0 is that of numbers which nobody ever named. */
function rowsOf(predicate: Predicate): Rows {
  const row = (digestUnknown: boolean) =>
    Array.from({ length: states }, (_, flags) => flags !== 0 && predicate(accountOf(flags, digestUnknown)))
  return { known: row(false), unknown: row(true) }
}

interface Candidate {
  readonly table: OrderTable
  readonly run: number
  readonly index: number
}

function firstNamed(
  tables: readonly { table: OrderTable; unknown: ReadonlyMap<number, number> }[],
  rows: Rows,
): readonly string[] {
  const first: Candidate[] = []
  for (const { table, unknown } of tables) {
    table.forEach((flags, run, index) => {
      const row = unknown.has(index) ? rows.unknown : rows.known
      if (row[flags]) keepFirst(first, { table, run, index })
    })
  }
  return first.map(({ table, index }) => table.idOf(index))
}

/** Runs are numbered over all tables, and a run belongs to one. */
function keepFirst(first: Candidate[], candidate: Candidate): void {
  const at =
    first.findLastIndex(
      (other) => other.run < candidate.run || (other.run === candidate.run && other.index < candidate.index),
    ) + 1
  if (at >= examplesMax) return
  first.splice(at, 0, candidate)
  first.length = Math.min(first.length, examplesMax)
}
