import type { OrderTable } from './order-table.ts'

interface OpenAttempt {
  readonly table: OrderTable
  readonly index: number
  readonly isSubmit: boolean
}

const none = -1

/**
 * The invokes of one file that wait for their completion, by process, action (as numbers), account and attempt.
 * A process has mostly one, whose parts lie in arrays so that opening and closing it makes no garbage.
 */
export class OpenAttempts {
  readonly #attempts: number[] = []
  readonly #actions: number[] = []
  readonly #tables: (OrderTable | undefined)[] = []
  readonly #indexes: number[] = []
  readonly #isSubmit: boolean[] = []
  readonly #earlier = new Map<string, OpenAttempt>()

  open(
    process: number,
    action: number,
    attempt: number,
    table: OrderTable,
    index: number,
    isSubmit: boolean,
  ): void {
    this.#setAside(process)
    this.#attempts[process] = attempt
    this.#actions[process] = action
    this.#tables[process] = table
    this.#indexes[process] = index
    this.#isSubmit[process] = isSubmit
  }

  /** True if this completes an open invoke, which then is closed. */
  close(process: number, action: number, attempt: number, table: OrderTable, index: number): boolean {
    const isLast =
      this.#attempts[process] === attempt &&
      this.#indexes[process] === index &&
      this.#tables[process] === table &&
      this.#actions[process] === action
    if (isLast) this.#attempts[process] = none
    return isLast || this.#earlier.delete(keyOf(process, action, attempt, table, index))
  }

  /** All submits that were never completed; forgets everything that is open. */
  abandonedSubmits(): readonly { readonly table: OrderTable; readonly index: number }[] {
    for (let process = 0; process < this.#attempts.length; process += 1) this.#setAside(process)
    const abandoned = [...this.#earlier.values()].filter(({ isSubmit }) => isSubmit)
    this.#earlier.clear()
    return abandoned
  }

  #setAside(process: number): void {
    const attempt = this.#attempts[process] ?? none
    if (attempt === none) return
    this.#attempts[process] = none
    const table = this.#tables[process] as OrderTable
    const index = this.#indexes[process] as number
    const key = keyOf(process, this.#actions[process] as number, attempt, table, index)
    this.#earlier.set(key, { table, index, isSubmit: this.#isSubmit[process] as boolean })
  }
}

function keyOf(process: number, action: number, attempt: number, table: OrderTable, index: number): string {
  return `${process} ${action} ${attempt} ${table.number} ${index}`
}
