import { type ExecResult, execIn } from './docker-engine.ts'
import type { ContainerTarget, DiskPlace } from './target.ts'

/** Where the target's data lie, and the disk under them. */
export function diskOf({ name, dataPath, disk }: ContainerTarget): { dataPath: string; disk: DiskPlace } {
  if (dataPath !== undefined && disk !== undefined) return { dataPath, disk }
  throw new Error(`${name} has no disk of its own, though it says that one can be broken`)
}

/** Runs a few lines of shell in one of the two containers; what they print. Throws with their last words if they fail. */
export async function shellIn(
  { docker, name }: ContainerTarget,
  containerId: string,
  lines: string,
  words: readonly string[],
): Promise<string> {
  const { exitCode, stdout, stderr }: ExecResult = await execIn(docker, containerId, [
    'sh',
    '-c',
    lines,
    'disk',
    ...words,
  ])
  if (exitCode === 0) return stdout
  throw new Error(`the disk of ${name}: exit code ${exitCode}: ${stderr.trim()}`)
}
