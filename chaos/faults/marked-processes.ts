import type Dockerode from 'dockerode'
import { execIn } from './docker-engine.ts'
import type { FaultContext, UndoStep } from './fault.ts'

/**
 * Processes that a fault starts inside the target, in its cgroup and beside its service. They carry a mark in their
 * environment, by which they are found again, also by somebody who did not start them. The mark is not in any
 * command line, so that looking for it never finds the one who looks.
 */
const markName = 'SEAWALL_FAULT'

// An hour: a stress that everybody has forgotten ends by itself.
export const forgottenAfterS = 3_600

export async function startMarked(
  docker: Dockerode,
  containerId: string,
  context: FaultContext,
  argv: readonly string[],
): Promise<void> {
  await execIn(docker, containerId, argv, { env: [`${markName}=${markOf(context)}`], detach: true })
}

export interface MarkedProcess {
  readonly pid: number
  /** CPU time so far, in the kernel's ticks (100 a second). */
  readonly cpuTicks: number
  readonly residentBytes: number
}

const eachMarked = (then: string) =>
  `for p in /proc/[0-9]*; do grep -qzxF "${markName}=$1" $p/environ 2>/dev/null && ${then}; done; true`

/** What the kernel says of the marked processes; empty if there are none. */
export async function markedProcesses(
  docker: Dockerode,
  containerId: string,
  context: FaultContext,
): Promise<readonly MarkedProcess[]> {
  const script = eachMarked('cat $p/stat 2>/dev/null')
  const { stdout } = await execIn(docker, containerId, ['sh', '-c', script, 'look', markOf(context)])
  return stdout
    .split('\n')
    .filter((line) => line !== '')
    .map(parseStat)
}

const pageBytes = 4_096

/** A line of /proc/PID/stat; the name, the only field that may hold blanks, ends with the last parenthesis. */
export function parseStat(line: string): MarkedProcess {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ')
  // proc(5) counts from 1, and the first of these fields is its third.
  const field = (number: number) => Number(fields[number - 3])
  return {
    pid: Number.parseInt(line, 10),
    cpuTicks: field(14) + field(15),
    residentBytes: field(24) * pageBytes,
  }
}

/** Twice: a process may have been born while the first round went by. */
export function killMarkedStep(containerId: string, context: FaultContext): UndoStep {
  const kill = eachMarked('kill -9 $(basename $p) 2>/dev/null')
  return {
    do: 'container-exec',
    containerId,
    argv: ['sh', '-c', `${kill}; ${kill}`, 'heal', markOf(context)],
    downIsHealed: true,
  }
}

function markOf({ runId, id }: FaultContext): string {
  return `${runId}/${id}`
}
