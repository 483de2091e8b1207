import { createReadStream } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { createGunzip } from 'node:zlib'

/** The lines of a run's history, packed ones as they are; undefined if the folder has none. */
export async function historyLines(folder: string): Promise<AsyncIterable<string> | undefined> {
  for (const name of ['history.jsonl', 'history.jsonl.gz']) {
    const path = join(folder, name)
    const exists = await access(path).then(
      () => true,
      () => false,
    )
    if (exists) return linesOf(path)
  }
  return undefined
}

function linesOf(path: string): AsyncIterable<string> {
  const file = createReadStream(path, { highWaterMark: 1 << 18 })
  const plain = path.endsWith('.gz') ? file.pipe(createGunzip()) : file
  // pipe() hands no error on: a file that breaks off must break the reading off, not leave it waiting.
  file.on('error', (error) => plain.destroy(error))
  return createInterface({ input: plain, crlfDelay: Number.POSITIVE_INFINITY })
}
