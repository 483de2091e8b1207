/** What was handed to a socket and has not left this process yet. */
export class SendBuffer {
  readonly #bytesMax: number
  readonly #changed: (bytes: number) => void
  #bytes = 0
  #waiting: (() => void)[] = []

  constructor(bytesMax: number, changed: (bytes: number) => void) {
    this.#bytesMax = bytesMax
    this.#changed = changed
  }

  /** As of `write`: all is taken, and false says that there is no room for more. */
  take(bytes: number): boolean {
    this.#become(this.#bytes + bytes)
    return this.#hasRoom()
  }

  left(bytes: number): void {
    this.#become(this.#bytes - bytes)
    if (this.#hasRoom()) this.end()
  }

  /** Resolves when there is room again, or the socket has ended. */
  async drained(): Promise<void> {
    if (!this.#hasRoom()) await new Promise<void>((resolve) => this.#waiting.push(resolve))
  }

  end(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }

  #hasRoom(): boolean {
    return this.#bytes < this.#bytesMax
  }

  #become(bytes: number): void {
    this.#bytes = bytes
    this.#changed(bytes)
  }
}
