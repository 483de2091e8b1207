/** Work of one key one after the other, in the order in which it came; of different keys side by side. */
export class Lanes {
  readonly #last = new Map<string, Promise<void>>()

  /** How many keys have work that has not ended. */
  get size(): number {
    return this.#last.size
  }

  /** `work` must not reject. With nothing before it in its lane it begins at once. */
  run(key: string, work: () => Promise<void>): void {
    const before = this.#last.get(key)
    const end = before === undefined ? work() : before.then(work)
    const last = end.then(() => {
      if (this.#last.get(key) === last) this.#last.delete(key)
    })
    this.#last.set(key, last)
  }
}
