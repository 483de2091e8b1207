import { closeSync, fdatasync, openSync, writeSync } from 'node:fs'
import { promisify } from 'node:util'
import { HarnessError } from '../kernel/errors.ts'
import type { HistoryLine } from './line.ts'

/** As much text as is kept back within one turn of the event loop. */
const heldMax = 1 << 16

/**
 * The file to which a history is appended. What was appended is with the kernel by the end of the same turn of
 * the event loop, so that a killed process loses nothing but, at worst, the end of its last line.
 */
export interface Journal extends AsyncDisposable {
  /** A line, or the text of one without a newline. Throws what an earlier write failed with. */
  append(line: HistoryLine | string): void
  /** Resolves when everything appended so far would survive a power loss. */
  sync(): Promise<void>
}

/** Opens a journal, a new file or the end of one. Disposing it writes, syncs and closes. */
export async function openJournal(path: string): Promise<Journal> {
  return new FileJournal(path)
}

class FileJournal implements Journal {
  readonly #path: string
  readonly #file: number
  #held: string[] = []
  #heldLength = 0
  #error: HarnessError | undefined
  #closed = false

  constructor(path: string) {
    this.#path = path
    try {
      this.#file = openSync(path, 'a')
    } catch (error) {
      throw this.#unwritable(error)
    }
  }

  append(line: HistoryLine | string): void {
    if (this.#error !== undefined) throw this.#error
    const text = typeof line === 'string' ? line : JSON.stringify(line)
    if (this.#closed || text === '' || text.includes('\n'))
      throw new HarnessError(
        'HARNESS_INTERNAL',
        `${this.#path}: expected one line for an open journal, got ${this.#closed ? 'a line after its end' : JSON.stringify(text.slice(0, 60))}`,
        'report it: this is an error of Seawall',
      )
    if (this.#heldLength === 0) queueMicrotask(() => this.#write())
    this.#held.push(text)
    this.#heldLength += text.length + 1
    if (this.#heldLength >= heldMax) this.#write()
  }

  async sync(): Promise<void> {
    this.#write()
    if (this.#error !== undefined) throw this.#error
    await promisify(fdatasync)(this.#file)
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#closed) return
    try {
      await this.sync()
    } finally {
      this.#closed = true
      closeSync(this.#file)
    }
  }

  #write(): void {
    if (this.#heldLength === 0 || this.#error !== undefined || this.#closed) return
    const bytes = Buffer.from(`${this.#held.join('\n')}\n`)
    this.#held = []
    this.#heldLength = 0
    try {
      for (let from = 0; from < bytes.length; ) from += writeSync(this.#file, bytes, from)
    } catch (error) {
      this.#error = this.#unwritable(error)
    }
  }

  #unwritable(error: unknown): HarnessError {
    const isFull = error instanceof Error && 'code' in error && error.code === 'ENOSPC'
    return new HarnessError(
      isFull ? 'HARNESS_DISK_FULL' : 'HARNESS_CONFIG_INVALID',
      `${this.#path}: expected to append to the history, and the file cannot be written`,
      isFull ? 'free some space, then run again' : 'see that the folder exists and may be written',
      { cause: error },
    )
  }
}
