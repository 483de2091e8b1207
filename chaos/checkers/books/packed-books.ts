import { isUtf8 } from 'node:buffer'
import { attemptBytes, readBytes } from '../../history/ledger-layout.ts'
import { msOfTicks, problemOfAttempts, wordsOf } from '../../history/packed.ts'
import { type AccountPlace, isPrefix } from './id-index.ts'
import { isSame } from './line-scanner.ts'
import type { OrderBooks } from './order-books.ts'

const opsHead = Buffer.from('@ops ')
const readsHead = Buffer.from('@reads ')
const equals = 61

/** 32-bit words of a record. */
const attemptWords = attemptBytes / 4
const readWords = readBytes / 4

/** The outcomes of ledgerOutcomes as ranks of rankOfEnd: none (which stays open), ok, fail, info. */
const ranks = [0, 3, 1, 2] as const

/**
 * Enters packed records into the books. Nearly all are the one attempt, or the one read, of an order whose number
 * lies in a dense table: the table takes those by itself, the rest goes the same way as JSON lines do.
 */
export class PackedBooks {
  readonly #books: OrderBooks
  /** Where the records of one line are unpacked, again and again. */
  #scratch = Buffer.alloc(0)

  constructor(books: OrderBooks) {
    this.#books = books
  }

  /** Takes a packed line from its bytes; false, and nothing is done, where anything about it is not as it should be. */
  take(bytes: Buffer, from: number, to: number, prefix: string): boolean {
    const isReads = isSame(bytes, from, readsHead)
    const nameFrom = from + opsHead.length
    const space = isReads
      ? from + readsHead.length - 1
      : isSame(bytes, from, opsHead)
        ? bytes.indexOf(32, nameFrom)
        : -1
    if (space < 0 || space >= to) return false
    const size = isReads ? readBytes : attemptBytes
    const records = this.#unpacked(bytes, space + 1, to)
    if (records === undefined || records.length === 0 || records.length % size !== 0) return false
    if (isReads) {
      this.#books.watch.readLines('store', this.reads(records, prefix))
      return true
    }
    const name = bytes.subarray(nameFrom, space)
    if (!isUtf8(name) || problemOfAttempts(records) !== undefined) return false
    this.attempts(name.toString(), records, prefix)
    return true
  }

  attempts(processName: string, records: Buffer, prefix: string): void {
    const books = this.#books
    const process = books.processes.numberOf(processName)
    const words = wordsOf(records)
    const table = isPrefix(prefix) ? books.ids.tableOf(prefix) : undefined
    for (let at = 0; at < words.length; at += attemptWords) {
      const number = words[at] as number
      const head = words[at + 1] as number
      const invokeMs = msOfTicks(words[at + 4] as number)
      const rank = ranks[(head & 0xff) as 0 | 1 | 2 | 3]
      const isPlain = head >>> 8 === 1 << 8 && rank !== 0 && table?.strays === 0
      const digest = words[at + 2] as number
      if (isPlain && books.ids.mayHold(table, number) && table.onlyAttempt(number, process, digest, rank))
        books.submitTimes.note(invokeMs)
      else this.#attempt(this.#placeOf(number, prefix), process, head, digest, invokeMs)
    }
  }

  /** Enters the reads of the store; gives the number of read lines. */
  reads(records: Buffer, prefix: string): number {
    const ids = this.#books.ids
    const words = wordsOf(records)
    const table = isPrefix(prefix) ? ids.tableOf(prefix) : undefined
    let lines = 0
    for (let at = 0; at < words.length; lines += 1) {
      const number = words[at] as number
      const digest = words[at + 1] as number
      let effects = 0
      do {
        if (words[at + 2] !== 0) effects += 1
        at += readWords
      } while (words[at] === number && words[at + 1] === digest)
      if (effects === 1 && table?.strays === 0 && table.onlyRead(number, digest)) continue
      const { table: own, index } = this.#placeOf(number, prefix)
      own.found(index, { place: 'store', digest, effects })
    }
    return lines
  }

  #attempt(account: AccountPlace, process: number, head: number, digest: number, invokeMs: number): void {
    const { table, index } = account
    const books = this.#books
    const rank = ranks[(head & 0xff) as 0 | 1 | 2 | 3]
    const attempt = (head >>> 16) & 0xff
    const isSubmit = head >>> 24 === 0
    if (isSubmit) {
      books.invokeSubmit(account, { process, attempt, digest, expectsDeadLetters: ((head >>> 8) & 1) === 1 })
      books.submitTimes.note(invokeMs)
    } else {
      books.invokeOther(account, process, 'get', attempt)
    }
    if (rank === 0)
      books.open.open(
        process,
        books.actions.numberOf(isSubmit ? 'submit' : 'get'),
        attempt,
        table,
        index,
        isSubmit,
      )
    else if (isSubmit) table.end(index, rank)
  }

  /** The bytes that this base64 stands for, until the next call; undefined where it is none. */
  #unpacked(bytes: Buffer, from: number, to: number): Buffer | undefined {
    const padding = bytes[to - 1] !== equals ? 0 : bytes[to - 2] !== equals ? 1 : 2
    const length = Math.floor(((to - from - padding) * 3) / 4)
    if (length > this.#scratch.length) this.#scratch = Buffer.alloc(2 * length)
    const written = this.#scratch.write(bytes.toString('latin1', from, to), 'base64')
    return written === length ? this.#scratch.subarray(0, length) : undefined
  }

  #placeOf(number: number, prefix: string): AccountPlace {
    const { ids } = this.#books
    return isPrefix(prefix) ? ids.placeOfNumber(prefix, number) : ids.place(`${prefix}${number}`)
  }
}
