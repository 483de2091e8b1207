import { isUtf8 } from 'node:buffer'

/** A piece of a file: the bytes of whole lines but for the last newline, or what stands after the last newline. */
export type LinePiece =
  | { readonly kind: 'lines'; readonly bytes: Buffer }
  | { readonly kind: 'rest'; readonly text: string }

const newline = 10

/** Stands for a line whose bytes are not UTF-8; it parses as nothing. */
const notText = 'bytes that are not UTF-8'

/** Cuts bytes into lines, in pieces as they come. Only the last piece is a rest, and only where there is one. */
export async function* linesOf(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<LinePiece> {
  let begun: Buffer[] = []
  for await (const chunk of chunks) {
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    let from = 0
    if (begun.length > 0) {
      // The line that was begun is finished alone, so that the rest of the chunk need not be copied.
      from = bytes.indexOf(newline) + 1
      begun.push(Buffer.from(bytes.subarray(0, from === 0 ? bytes.length : from - 1)))
      if (from === 0) continue
      yield { kind: 'lines', bytes: Buffer.concat(begun) }
      begun = []
    }
    const end = bytes.lastIndexOf(newline)
    if (end >= from) yield { kind: 'lines', bytes: bytes.subarray(from, end) }
    const restFrom = Math.max(from, end + 1)
    if (restFrom < bytes.length) begun = [Buffer.from(bytes.subarray(restFrom))]
  }
  const rest = Buffer.concat(begun)
  if (rest.length > 0) yield { kind: 'rest', text: textOf(rest) }
}

/** The texts of whole lines, one after the other. */
export function* textLines(bytes: Buffer): Generator<string> {
  for (const [from, to] of lineEnds(bytes)) yield textOf(bytes.subarray(from, to))
}

/** Where each of the whole lines begins and ends. */
export function* lineEnds(bytes: Buffer): Generator<readonly [from: number, to: number]> {
  for (let from = 0; from <= bytes.length; ) {
    const end = bytes.indexOf(newline, from)
    const to = end < 0 ? bytes.length : end
    yield [from, to]
    from = to + 1
  }
}

/** The text of one line. */
export function textOf(bytes: Buffer): string {
  return isUtf8(bytes) ? bytes.toString('utf8') : notText
}
