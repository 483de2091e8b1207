import { Naming } from './naming.ts'
import { OrderTable, type TableCounts } from './order-table.ts'

/** More prefixes than a run ever has; ids with further ones are kept one by one. */
const prefixesMax = 64

/** A table is at least one sixteenth full, beside its first numbers: hostile numbers may not cost a page each. */
const numbersPerId = 16
const numbersFree = 65_536

/** Where an id's account is: in which table, under which number. */
export interface AccountPlace {
  table: OrderTable
  index: number
}

/**
 * Finds the account of an id. Ids that end in a number (`run-17`) share a table for their prefix, in which the
 * number is the index and the id itself is not kept; all others are kept in a map. One id has one account for
 * ever, whichever way it came.
 */
export class IdIndex {
  readonly naming = new Naming()
  readonly counts: TableCounts = { attempted: 0, stored: 0, deadLettered: 0, queued: 0 }
  readonly #byPrefix = new Map<string, OrderTable>()
  readonly #names: string[] = []
  readonly #byName = new Map<string, number>()
  readonly #named = new OrderTable(0, this.naming, this.counts, (index) => this.#names[index] as string)
  #lastPrefix = ''
  #lastTable: OrderTable | undefined

  get tables(): readonly OrderTable[] {
    return [this.#named, ...this.#byPrefix.values()]
  }

  place(id: string): AccountPlace {
    const at = numberStart(id)
    if (at === id.length) return this.#byNameOf(id)
    return this.placeOfNumber(this.#prefixOf(id, at), Number(id.slice(at)))
  }

  /** The account of prefix + number; the prefix must be {@link isPrefix}. */
  placeOfNumber(prefix: string, number: number): AccountPlace {
    const table = this.tableOf(prefix)
    if (table === undefined) return this.#byNameOf(`${prefix}${number}`)
    if (!this.mayHold(table, number)) {
      table.strays += 1
      return this.#byNameOf(`${prefix}${number}`)
    }
    if (table.strays > 0) {
      const index = this.#byName.get(`${prefix}${number}`)
      if (index !== undefined) return { table: this.#named, index }
    }
    return { table, index: number }
  }

  /** The table of a prefix, made where it is new; undefined where there are too many. */
  tableOf(prefix: string): OrderTable | undefined {
    if (prefix === this.#lastPrefix && this.#lastTable !== undefined) return this.#lastTable
    let table = this.#byPrefix.get(prefix)
    if (table === undefined) {
      if (this.#byPrefix.size >= prefixesMax) return undefined
      table = new OrderTable(
        this.#byPrefix.size + 1,
        this.naming,
        this.counts,
        (index) => `${prefix}${index}`,
      )
      this.#byPrefix.set(prefix, table)
    }
    this.#lastPrefix = prefix
    this.#lastTable = table
    return table
  }

  mayHold(table: OrderTable, number: number): boolean {
    return number < numbersFree + numbersPerId * table.size || table.hasPage(number)
  }

  #prefixOf(id: string, at: number): string {
    return at === this.#lastPrefix.length && id.startsWith(this.#lastPrefix)
      ? this.#lastPrefix
      : id.slice(0, at)
  }

  #byNameOf(id: string): AccountPlace {
    let index = this.#byName.get(id)
    if (index === undefined) {
      index = this.#names.length
      this.#names.push(id)
      this.#byName.set(id, index)
    }
    return { table: this.#named, index }
  }
}

/**
 * Where the decimal number at the end of an id begins: after the last character that is no digit and after
 * leading zeros, so that id and (prefix, number) say the same. The id's length where there is none below 2^32.
 */
export function numberStart(id: string): number {
  let at = id.length
  while (at > 0 && isDigit(id.charCodeAt(at - 1))) at -= 1
  while (at < id.length - 1 && id.charCodeAt(at) === 48) at += 1
  const digits = id.length - at
  if (digits < 10) return at
  return digits === 10 && Number(id.slice(at)) < 2 ** 32 ? at : id.length
}

/** True if prefix + number splits again into the same two, for every number. */
export function isPrefix(text: string): boolean {
  return text === '' || !isDigit(text.charCodeAt(text.length - 1))
}

function isDigit(unit: number): boolean {
  return unit >= 48 && unit <= 57
}
