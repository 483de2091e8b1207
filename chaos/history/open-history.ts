import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { constants, createGunzip } from 'node:zlib'
import { HarnessError } from '../kernel/errors.ts'

/** Where a history's bytes come from, and what messages call it. */
export interface HistorySource {
  readonly name: string
  bytes(): AsyncIterable<Uint8Array>
}

const inFolder = ['history.jsonl', 'history.jsonl.gz'] as const

/** As many bytes as are read at once. */
const chunkBytes = 1 << 20

/**
 * A history by its path: a file, a run record's folder, or `-` for standard input; gzip is told by its first bytes.
 * Throws where there is no such file, or no history in the folder.
 */
export async function openHistory(path: string, stdin: Readable = process.stdin): Promise<HistorySource> {
  if (path === '-') return { name: 'standard input', bytes: () => unzipped('standard input', stdin) }
  const file = await fileOf(path)
  return {
    name: file,
    bytes: () => unzipped(file, createReadStream(file, { highWaterMark: chunkBytes })),
  }
}

async function fileOf(path: string): Promise<string> {
  const found = await stat(path).catch(() => undefined)
  if (found?.isFile()) return path
  if (!found?.isDirectory())
    throw new HarnessError(
      'HARNESS_HISTORY_INVALID',
      `${path}: expected a history or a run's folder, and nothing is there`,
      'see `ls reports/runs` for stored runs',
    )
  for (const name of inFolder) {
    const inside = await stat(join(path, name)).catch(() => undefined)
    if (inside?.isFile()) return join(path, name)
  }
  throw new HarnessError(
    'HARNESS_RECORD_INVALID',
    `${path}: expected ${inFolder.join(' or ')} in the folder, and found neither`,
    'name the folder of one run: reports/runs/<experiment>/<UTC>-<seed>',
  )
}

/** A gzip file that ends too early gives what it holds: its writer was killed. */
async function* unzipped(name: string, stream: Readable): AsyncGenerator<Uint8Array> {
  const chunks = stream[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
  const first = await firstBytes(chunks)
  const all = withFirst(first, chunks)
  if (first[0] !== 0x1f || first[1] !== 0x8b) return yield* all
  const gunzip = createGunzip({ finishFlush: constants.Z_SYNC_FLUSH, chunkSize: chunkBytes })
  const source = Readable.from(all).on('error', (error) => gunzip.destroy(error))
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Uint8Array>
  } catch (error) {
    throw new HarnessError(
      'HARNESS_HISTORY_INVALID',
      `${name}: expected gzip, as its first bytes say, and it cannot be unpacked`,
      'pack it again, or name the file before it was packed',
      { cause: error },
    )
  }
}

/** The first chunk, of at least two bytes where there are so many. */
async function firstBytes(chunks: AsyncIterator<Uint8Array>): Promise<Buffer> {
  let first = Buffer.alloc(0)
  while (first.length < 2) {
    const next = await chunks.next()
    if (next.done) break
    first = Buffer.concat([first, next.value])
  }
  return first
}

async function* withFirst(first: Buffer, rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  if (first.length > 0) yield first
  for (let next = await rest.next(); !next.done; next = await rest.next()) yield next.value
}
