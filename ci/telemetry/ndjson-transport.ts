import { createWriteStream, type WriteStream } from 'node:fs'
import { BaseTransport, type TransportItem, VERSION } from '@grafana/faro-core'

/** Appends each item of the bus as one line of JSON. What faro-core hands over is written in the order of its coming. */
export class NdjsonTransport extends BaseTransport {
  readonly name = 'seawall-ndjson'
  readonly version = VERSION
  readonly #file: WriteStream

  constructor(path: string) {
    super()
    this.#file = createWriteStream(path, { flags: 'a' })
    // A bus that cannot be written must not end a run: the history is the evidence, this is its companion.
    this.#file.on('error', () => undefined)
  }

  send(items: TransportItem | TransportItem[]): void {
    for (const { type, payload } of [items].flat())
      this.#file.write(`${JSON.stringify({ item: type, ...payload })}\n`)
  }

  async close(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#file.once('error', () => resolve())
      this.#file.end(() => resolve())
    })
  }
}
