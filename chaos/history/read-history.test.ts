import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { gzipSync } from 'node:zlib'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { history } from './build-history.ts'
import { type LinePiece, linesOf, textLines } from './lines-of.ts'
import { openHistory } from './open-history.ts'
import { readHistory } from './read-history.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'read-history-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const { lines } = history().submit('ä').ok().finalRead(['ä'])
const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
const [first] = text.split('\n')

function written(name: string, content: string | Uint8Array): string {
  writeFileSync(join(folder, name), content)
  return join(folder, name)
}

async function textsOf(chunks: readonly Uint8Array[]): Promise<string[]> {
  const pieces: LinePiece[] = await all(linesOf(Readable.from(chunks)))
  return pieces.flatMap((piece) =>
    piece.kind === 'lines' ? [...textLines(piece.bytes)] : [`rest ${piece.text}`],
  )
}

describe('bytes are cut into lines', () => {
  it('wherever their chunks end, in the middle of a character too', async () => {
    const bytes = Buffer.from('aä\n\n€b\nrest')
    const expected = ['aä', '', '€b', 'rest rest']
    for (let size = 1; size <= bytes.length; size += 1) {
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, number) =>
        bytes.subarray(number * size, (number + 1) * size),
      )
      expect(await textsOf(chunks)).toEqual(expected)
    }
  })

  it('of which the first may be empty, with a rest only where something stands after the last newline', async () => {
    expect(await textsOf([Buffer.from('\na\n')])).toEqual(['', 'a'])
    expect(await textsOf([])).toEqual([])
  })

  it('and those that are not UTF-8 become a line that parses as nothing', async () => {
    const bytes = Buffer.concat([
      Buffer.from('a\n{"id":"'),
      Buffer.from([0xff]),
      Buffer.from('"}\nb\n'),
      Buffer.from([0xc3]),
    ])
    expect(await textsOf([bytes])).toEqual([
      'a',
      'bytes that are not UTF-8',
      'b',
      'rest bytes that are not UTF-8',
    ])
  })
})

describe('a history is read', () => {
  it('from a file, from gzip, from a folder and from standard input', async () => {
    const plain = written('plain', text)
    const packed = written('packed', gzipSync(text))
    for (const path of [plain, packed]) expect(await all(readHistory([path]))).toEqual(lines)
    written('history.jsonl.gz', gzipSync(text))
    expect(await all(readHistory([folder]))).toEqual(lines)
    const stdin = await openHistory('-', Readable.from([Buffer.from(gzipSync(text))]))
    expect(Buffer.concat(await all(stdin.bytes())).toString()).toBe(text)
    expect(stdin.name).toBe('standard input')
  })

  it('without its torn last line', async () => {
    expect(await all(readHistory([written('torn', `${text}{"kind":`)]))).toEqual(lines)
  })

  it('as far as a gzip file goes whose writer was killed', async () => {
    const packed = gzipSync(text)
    const cut = written('cut', packed.subarray(0, packed.length - 12))
    expect((await all(readHistory([cut]))).slice(0, 2)).toEqual(lines.slice(0, 2))
  })

  it('and refused with the name of the file and the number of the line', async () => {
    const broken = written('broken', `${first}\n{"kind":"nothing"}\n`)
    await expect(all(readHistory([broken]))).rejects.toThrow(/broken, line 2: expected `kind`/)
    const torn = written('torn', `${first}\n{"kind":\n${text}`)
    await expect(all(readHistory([torn]))).rejects.toThrow(/torn, line 2: expected/)
  })

  it('but not where nothing is, in a folder without one, or from broken gzip', async () => {
    await expect(all(readHistory([join(folder, 'absent')]))).rejects.toThrow('HARNESS_HISTORY_INVALID')
    mkdirSync(join(folder, 'empty'))
    await expect(all(readHistory([join(folder, 'empty')]))).rejects.toThrow('HARNESS_RECORD_INVALID')
    const broken = written(
      'broken.gz',
      Buffer.concat([gzipSync(text).subarray(0, 10), Buffer.from('nonsense')]),
    )
    await expect(all(readHistory([broken]))).rejects.toThrow(
      /HARNESS_HISTORY_INVALID: .*broken.gz: expected gzip/,
    )
  })
})
