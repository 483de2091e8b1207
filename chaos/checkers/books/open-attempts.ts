import type { AccountPlace } from './id-index.ts'

/** An invoke that has no completion yet. `account` only for a submit. */
export interface OpenAttempt {
  readonly action: string
  readonly id: string
  readonly attempt: number
  readonly account: AccountPlace | undefined
}

/** The invokes of one file that wait for their completion, by process. A process has mostly one. */
export class OpenAttempts {
  readonly #last = new Map<number, OpenAttempt>()
  readonly #earlier = new Map<string, OpenAttempt>()

  open(process: number, attempt: OpenAttempt): void {
    const before = this.#last.get(process)
    if (before !== undefined) this.#earlier.set(keyOf(process, before), before)
    this.#last.set(process, attempt)
  }

  /** The invoke that this completes, which is then no longer open; undefined where there is none. */
  close(process: number, asked: Omit<OpenAttempt, 'account'>): OpenAttempt | undefined {
    const last = this.#last.get(process)
    if (
      last !== undefined &&
      last.id === asked.id &&
      last.attempt === asked.attempt &&
      last.action === asked.action
    ) {
      this.#last.delete(process)
      return last
    }
    const key = keyOf(process, asked)
    const earlier = this.#earlier.get(key)
    if (earlier !== undefined) this.#earlier.delete(key)
    return earlier
  }

  /** All that were never completed; forgets them. */
  *abandon(): Generator<OpenAttempt> {
    yield* this.#last.values()
    yield* this.#earlier.values()
    this.#last.clear()
    this.#earlier.clear()
  }
}

/** Actions and ids are any text; a length before the action keeps two different pairs from looking alike. */
function keyOf(process: number, { action, id, attempt }: Omit<OpenAttempt, 'account'>): string {
  return `${process} ${attempt} ${action.length} ${action}${id}`
}
