import { inspectOwn } from './docker-engine.ts'
import type { UndoStep } from './fault.ts'
import type { ContainerTarget } from './target.ts'

/**
 * The way back to the present memory limit. The Engine takes 0 for "leave it as it is", and nothing for "no limit":
 * where there was none, the way back is a limit of all the memory of the machine.
 */
export async function memoryStep(target: ContainerTarget, runId: string): Promise<UndoStep> {
  const { HostConfig } = await inspectOwn(target.docker, target.containerId, runId)
  const all = HostConfig.Memory || ((await target.docker.info()) as { MemTotal: number }).MemTotal
  // A swap of 0 was chosen by the Engine as twice the memory; -1 says "as much as there is".
  const limits = { Memory: all, MemorySwap: HostConfig.MemorySwap || -1 }
  return { do: 'container-update', containerId: target.containerId, limits }
}
