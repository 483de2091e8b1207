import type { OrderTable } from './order-table.ts'

/** The process of whoever only read. */
export const nobody = 0

/**
 * Remembers in which order ids were first named, and by which process, at two bytes an id instead of eight:
 * ids are numbered by runs. A run ends where the table or the process changes or the number does not rise, so
 * that (run, number) sorts by first naming, and a run has one process.
 */
export class Naming {
  #run = 0
  #processOfRun = new Int32Array(64)
  #table: OrderTable | undefined
  #index = -1
  #process = -1

  /** The run, from 1, of an id that is named for the first time now. */
  name(table: OrderTable, index: number, process: number): number {
    if (process !== this.#process || index <= this.#index || table !== this.#table) {
      this.#run += 1
      this.#table = table
      this.#process = process
      this.#remember(process)
    }
    this.#index = index
    return this.#run
  }

  processOf(run: number): number {
    return this.#processOfRun[run] as number
  }

  #remember(process: number): void {
    if (this.#run >= this.#processOfRun.length) {
      const longer = new Int32Array(this.#processOfRun.length * 2)
      longer.set(this.#processOfRun)
      this.#processOfRun = longer
    }
    this.#processOfRun[this.#run] = process
  }
}
