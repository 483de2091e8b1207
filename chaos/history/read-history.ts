import { Expander } from './expand.ts'
import { historyInvalid } from './history-invalid.ts'
import type { HistoryLine } from './line.ts'
import { type LinePiece, linesOf, textLines } from './lines-of.ts'
import { openHistory } from './open-history.ts'
import { parseLine } from './parse-line.ts'

/** A file as its reader meets it: its name, and its text in pieces. */
export interface HistoryFile {
  readonly name: string
  readonly pieces: AsyncIterable<LinePiece>
}

/** The files of one run, opened one after another: paths, folders, or `-`; see openHistory. */
export async function* historyFiles(paths: readonly string[]): AsyncGenerator<HistoryFile> {
  for (const path of paths) {
    const source = await openHistory(path)
    yield { name: source.name, pieces: linesOf(source.bytes()) }
  }
}

/**
 * Every line of the files of one run, packed ones as JSON has them. Each line is valid by itself; the rules that
 * span lines are the judge's. A torn last line is left out.
 */
export async function* readHistory(paths: readonly string[]): AsyncGenerator<HistoryLine> {
  for await (const { name, pieces } of historyFiles(paths)) {
    let number = 0
    const expander = new Expander()
    for await (const piece of pieces) {
      for (const text of piece.kind === 'lines' ? textLines(piece.bytes) : [piece.text]) {
        number += 1
        if (text === '') continue
        const line = parseLine(text)
        if (line.kind === 'problem') {
          if (piece.kind === 'rest' && !line.parses && number > 1) continue
          throw historyInvalid(name, number, line.expected)
        }
        yield* expander.expand(line)
      }
    }
  }
}
