import { rankOfEnd } from './flags.ts'
import { fieldNames, isSame, LineScanner } from './line-scanner.ts'
import type { OrderBooks } from './order-books.ts'
import type { OrderTable } from './order-table.ts'

const field = Object.fromEntries(fieldNames.map((name, number) => [name, number])) as Record<
  (typeof fieldNames)[number],
  number
>
const [op, read, invoke, submit, store, storeExpected] = [
  'op',
  'read',
  'invoke',
  'submit',
  'store',
  'store',
].map((text) => Buffer.from(text)) as [Buffer, Buffer, Buffer, Buffer, Buffer, Buffer]
const ends = [
  { name: Buffer.from('ok'), rank: rankOfEnd.ok },
  { name: Buffer.from('info'), rank: rankOfEnd.info },
  { name: Buffer.from('fail'), rank: rankOfEnd.fail },
] as const

interface KnownName {
  readonly bytes: Buffer
  readonly number: number
}

/**
 * Enters plain lines of submits and of the store's reads into the books from their bytes, with nothing made on the
 * way but the accounts. False, and nothing is done, for every other line.
 */
export class PlainLines {
  readonly #books: OrderBooks
  readonly #scanner = new LineScanner()
  readonly #processes = new Map<number, KnownName>()
  #prefix: Uint8Array = Buffer.alloc(0)
  #table: OrderTable | undefined
  #bytes: Buffer = Buffer.alloc(0)

  constructor(books: OrderBooks) {
    this.#books = books
  }

  take(bytes: Buffer, from: number, to: number): boolean {
    const scanner = this.#scanner
    if (!scanner.scan(bytes, from, to)) return false
    this.#bytes = bytes
    if (scanner.from[field.timeMs] === -1 || scanner.from[field.id] === -1) return false
    if (this.#is(field.kind, op)) return this.#operation()
    return this.#is(field.kind, read) && this.#read()
  }

  #operation(): boolean {
    const { from, numbers } = this.#scanner
    const attempt = numbers[field.attempt] as number
    const isWhole = from[field.attempt] !== -1 && Number.isInteger(attempt) && attempt > 0
    if (!isWhole || from[field.process] === -1 || !this.#is(field.action, submit)) return false
    return this.#is(field.type, invoke) ? this.#invoke(attempt) : this.#complete(attempt)
  }

  #invoke(attempt: number): boolean {
    const { from, numbers } = this.#scanner
    const books = this.#books
    const isForStore = from[field.expect] === -1 || this.#is(field.expect, storeExpected)
    const digest = this.#hex()
    if (!isForStore || digest < 0) return false
    const index = this.#index()
    const table = this.#table
    if (index < 0 || table === undefined) return false
    const process = this.#process()
    books.invokeSubmit({ table, index }, { process, attempt, digest, expectsDeadLetters: false })
    books.submitTimes.note(numbers[field.timeMs] as number)
    books.open.open(process, books.submit, attempt, table, index, true)
    return true
  }

  #complete(attempt: number): boolean {
    const end = ends.find(({ name }) => this.#is(field.type, name))
    const index = this.#index()
    const table = this.#table
    if (end === undefined || index < 0 || table === undefined) return false
    const { open, submit: action } = this.#books
    if (!open.close(this.#process(), action, attempt, table, index)) return false
    table.end(index, end.rank)
    return true
  }

  #read(): boolean {
    const { from, effects } = this.#scanner
    const digest = this.#hex()
    if (!this.#is(field.place, store) || from[field.effects] === -1 || digest < 0) return false
    const index = this.#index()
    const table = this.#table
    if (index < 0 || table === undefined) return false
    if (effects !== 1 || !table.onlyRead(index, digest))
      table.found(index, { place: 'store', digest, effects })
    this.#books.watch.readLines('store', 1)
    return true
  }

  #is(number: number, name: Buffer): boolean {
    const { from, to } = this.#scanner
    const begin = from[number] as number
    return begin !== -1 && (to[number] as number) - begin === name.length && isSame(this.#bytes, begin, name)
  }

  /** The digest's value if it is eight lower-case hex digits, else -1. */
  #hex(): number {
    const { from, to } = this.#scanner
    const begin = from[field.digest] as number
    if (begin === -1 || (to[field.digest] as number) - begin !== 8) return -1
    let value = 0
    for (let at = begin; at < begin + 8; at += 1) {
      const unit = this.#bytes[at] as number
      if (unit >= 48 && unit <= 57) value = value * 16 + unit - 48
      else if (unit >= 97 && unit <= 102) value = value * 16 + unit - 87
      else return -1
    }
    return value
  }

  #process(): number {
    const { from, to } = this.#scanner
    const begin = from[field.process] as number
    const end = to[field.process] as number
    let hash = end - begin
    for (let at = begin; at < end; at += 1) hash = Math.imul(hash ^ (this.#bytes[at] as number), 0x01000193)
    const known = this.#processes.get(hash)
    if (known !== undefined && known.bytes.length === end - begin && isSame(this.#bytes, begin, known.bytes))
      return known.number
    const bytes = Buffer.from(this.#bytes.subarray(begin, end))
    const number = this.#books.processes.numberOf(bytes.toString('latin1'))
    this.#processes.set(hash, { bytes, number })
    return number
  }

  /** The number in its table, which is then `#table`; -1 where the id is no dense number. */
  #index(): number {
    const { from, to } = this.#scanner
    const begin = from[field.id] as number
    const end = to[field.id] as number
    const { ids } = this.#books
    const digitsFrom = begin + this.#prefix.length
    const isKnown = this.#table !== undefined && digitsFrom < end && isSame(this.#bytes, begin, this.#prefix)
    const number = isKnown ? this.#number(digitsFrom, end) : -1
    if (number < 0) return this.#otherIndex(begin, end)
    const table = this.#table as OrderTable
    return table.strays === 0 && ids.mayHold(table, number) ? number : -1
  }

  /** A decimal number as the index writes it: no leading zeros, at most nine digits; else -1. */
  #number(from: number, to: number): number {
    if (to - from > 9 || (this.#bytes[from] === 48 && to - from > 1)) return -1
    let value = 0
    for (let at = from; at < to; at += 1) {
      const unit = this.#bytes[at] as number
      if (unit < 48 || unit > 57) return -1
      value = value * 10 + unit - 48
    }
    return value
  }

  #otherIndex(begin: number, end: number): number {
    const id = this.#bytes.toString('latin1', begin, end)
    if (id === '') return -1
    const { table, index } = this.#books.ids.place(id)
    const digits = String(index)
    const prefix = id.slice(0, id.length - digits.length)
    this.#table = table
    if (table.number > 0) this.#prefix = Buffer.from(prefix, 'latin1')
    else this.#table = undefined
    return table.number > 0 ? index : -1
  }
}
