import { StringDecoder } from 'node:string_decoder'

/** Cuts a byte stream into lines; what is left without a newline comes out at `end`. UTF-8 over chunk borders. */
export class LineSplitter {
  readonly #decoder = new StringDecoder('utf8')
  readonly #see: (line: string) => void
  #rest = ''

  constructor(see: (line: string) => void) {
    this.#see = see
  }

  write(chunk: Uint8Array): void {
    const lines = (this.#rest + this.#decoder.write(Buffer.from(chunk))).split('\n')
    this.#rest = lines.pop() ?? ''
    for (const line of lines) this.#see(line)
  }

  end(): void {
    const last = this.#rest + this.#decoder.end()
    this.#rest = ''
    if (last !== '') this.#see(last)
  }
}
