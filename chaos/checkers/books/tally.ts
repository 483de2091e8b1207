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

/** As many different states as a byte of flags has. */
const states = 256

/** All accounts in one state. Those with an unknown digest are apart: no flag says so. */
interface Row {
  readonly account: Account
  readonly flags: number
  readonly count: number
}

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
  const rows = [...rowsOf(known, false), ...rowsOf(unknown, true)]
  return {
    books,
    allPlacesRead: books.watch.unreadPlaces().length === 0,
    count: (predicate) => rows.reduce((sum, { account, count }) => sum + (predicate(account) ? count : 0), 0),
    examples: (predicate) =>
      firstNamed(
        tables,
        rows.filter(({ account }) => predicate(account)),
      ),
  }
}

/** State 0 is that of numbers which nobody ever named. */
function rowsOf(histogram: Float64Array, digestUnknown: boolean): readonly Row[] {
  const rows: Row[] = []
  for (let flags = 1; flags < states; flags += 1) {
    const count = histogram[flags] as number
    if (count > 0) rows.push({ account: accountOf(flags, digestUnknown), flags, count })
  }
  return rows
}

interface Candidate {
  readonly table: OrderTable
  readonly run: number
  readonly index: number
}

function firstNamed(
  tables: readonly { table: OrderTable; unknown: ReadonlyMap<number, number> }[],
  rows: readonly Row[],
): readonly string[] {
  const flagsOf = (digestUnknown: boolean) =>
    new Set(rows.filter(({ account }) => account.digestUnknown === digestUnknown).map(({ flags }) => flags))
  const known = flagsOf(false)
  const withUnknown = flagsOf(true)
  const first: Candidate[] = []
  for (const { table, unknown } of tables) {
    table.forEach((flags, run, index) => {
      const isWanted = unknown.has(index) ? withUnknown.has(flags) : known.has(flags)
      if (isWanted) keepFirst(first, { table, run, index })
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
