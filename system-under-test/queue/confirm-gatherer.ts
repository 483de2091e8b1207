/**
 * Sends confirms as RabbitMQ does: several that are ready at once go out as one "all up to here" where nothing older
 * is still open, and one by one otherwise.
 */
export class ConfirmGatherer {
  readonly #send: (tag: number, multiple: boolean) => void
  readonly #open = new Set<number>()
  #done: number[] = []
  #flushing = false

  constructor(send: (tag: number, multiple: boolean) => void) {
    this.#send = send
  }

  /** This one will be confirmed, now or never: until then no "all up to here" reaches beyond it. */
  begin(tag: number): void {
    this.#open.add(tag)
  }

  done(tag: number): void {
    this.#done.push(tag)
    if (this.#flushing) return
    this.#flushing = true
    Promise.resolve().then(() => this.#flush())
  }

  #flush(): void {
    this.#flushing = false
    const done = this.#done.sort((one, other) => one - other)
    this.#done = []
    for (const tag of done) this.#open.delete(tag)
    const oldestOpen = Math.min(...this.#open, Number.POSITIVE_INFINITY)
    const together = done.filter((tag) => tag < oldestOpen)
    const last = together.at(-1)
    if (last !== undefined) this.#send(last, together.length > 1)
    for (const tag of done) if (tag > oldestOpen) this.#send(tag, false)
  }
}
