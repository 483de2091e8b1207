import { chmod, open, rm, writeFile } from 'node:fs/promises'
import type { Clock } from '../../chaos/kernel/clock.ts'
import { LineSplitter } from './split-lines.ts'

/** A file that somebody else appends to, read while it grows. */
export interface FollowedFile {
  readonly path: string
  /** After the writer's end: reads what is left and removes the file. Throws what went wrong in reading. */
  end(): Promise<void>
}

/** Many lines at once are what makes this cheap; nobody waits for a single one. */
const pollMs = 25
const chunkBytes = 256 * 1_024

/** Makes an empty file at `path` that anybody may write to, and hands over each line that is appended to it, in order. */
export async function followLines(
  path: string,
  clock: Pick<Clock, 'sleep'>,
  see: (line: string) => void,
): Promise<FollowedFile> {
  await writeFile(path, '')
  // The writer is a container's user, whose number says nothing here; and a umask would take it away again.
  await chmod(path, 0o666)
  const handle = await open(path)
  const splitter = new LineSplitter(see)
  const ended = new AbortController()
  const chunk = Buffer.allocUnsafe(chunkBytes)
  const readOn = async () => {
    for (;;) {
      const { bytesRead } = await handle.read(chunk)
      if (bytesRead === 0) return
      splitter.write(chunk.subarray(0, bytesRead))
    }
  }
  const follow = async () => {
    while (!ended.signal.aborted) {
      await readOn()
      await clock.sleep(pollMs, ended.signal).catch(() => undefined)
    }
    await readOn()
    splitter.end()
  }
  const following = follow()
  // Heard at the end, by whoever ends it.
  following.catch(() => undefined)
  return {
    path,
    async end() {
      ended.abort()
      await following.finally(() => handle.close())
      await rm(path, { force: true })
    },
  }
}
