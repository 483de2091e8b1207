import type { HistoryLine } from './line.ts'
import { expandPacked, type PackedLine } from './packed.ts'

/** Turns the lines of one file into JSON's form, packed ones by what the lines before them say. */
export class Expander {
  #lineBeforeMs = 0
  #ledgerPrefix: string

  constructor() {
    this.#ledgerPrefix = ''
  }

  *expand(line: HistoryLine | PackedLine): Generator<HistoryLine> {
    if (line.kind === '@ops' || line.kind === '@reads') {
      yield* expandPacked(line, this.#ledgerPrefix, this.#lineBeforeMs)
      return
    }
    if (line.kind === 'run') this.#ledgerPrefix = line.ledgerPrefix ?? ''
    this.#lineBeforeMs = line.kind === 'run' ? 0 : line.timeMs
    yield line
  }
}
