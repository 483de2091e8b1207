import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type Dockerode from 'dockerode'

/** Writes what each container printed, over all its starts, to `logs/<name>.log` of the folder. */
export async function saveLogs(
  docker: Dockerode,
  folder: string,
  containers: readonly { readonly name: string; readonly id: string }[],
): Promise<void> {
  await mkdir(join(folder, 'logs'), { recursive: true })
  await Promise.all(
    containers.map(async ({ name, id }) => {
      const framed = await docker.getContainer(id).logs({ stdout: true, stderr: true, timestamps: true })
      await writeFile(join(folder, 'logs', `${name}.log`), withoutFrames(framed as unknown as Buffer))
    }),
  )
}

/** The Engine puts eight bytes before each piece: the stream's number, three zeros, and the length (big-endian). */
export function withoutFrames(framed: Buffer): Buffer {
  const pieces: Buffer[] = []
  for (let at = 0; at + 8 <= framed.length; ) {
    const length = framed.readUInt32BE(at + 4)
    pieces.push(framed.subarray(at + 8, at + 8 + length))
    at += 8 + length
  }
  return Buffer.concat(pieces)
}
