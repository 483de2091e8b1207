import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { inspectOwn } from './docker-engine.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { forgottenAfterS, killMarkedStep, markedProcesses, startMarked } from './marked-processes.ts'
import type { ContainerTarget } from './target.ts'

const spin = ['timeout', String(forgottenAfterS), 'sh', '-c', 'while :; do :; done']

/** Somebody else takes the CPU: busy processes in the target's own cgroup, beside its service. */
export const cpuStress = defineFaultKind({
  kind: 'cpu-stress',
  how: "busy processes inside the target's container and limits",
  victimFeels: 'its CPU time is taken',
  proof: "the kernel's CPU time of the busy processes grows between two looks",
  needs: ['throttleable'],
  targetKind: 'container',
  options: z.strictObject({ processes: z.number().int().min(1).max(64).default(2) }),
  body: (target, { processes }, context) => ({
    sentence: `${processes} busy processes take CPU time from ${target.name}`,
    undoSteps: async () => [killMarkedStep(target.containerId, context)],
    async inject() {
      await inspectOwn(target.docker, target.containerId, context.runId)
      for (let count = 0; count < processes; count += 1) {
        await startMarked(target.docker, target.containerId, context, spin)
      }
    },
    look: (signal) => lookAtTicks(target, context, signal),
  }),
})

async function lookAtTicks(
  target: ContainerTarget,
  context: FaultContext,
  signal: AbortSignal,
): Promise<Feeling> {
  const { docker, containerId } = target
  const before = await markedProcesses(docker, containerId, context)
  await context.clock.sleep(500, signal)
  const after = await markedProcesses(docker, containerId, context)
  const known = new Map(before.map(({ pid, cpuTicks }) => [pid, cpuTicks]))
  const ticks = after.reduce((sum, { pid, cpuTicks }) => sum + cpuTicks - (known.get(pid) ?? cpuTicks), 0)
  return {
    felt: ticks > 0,
    evidence: `${after.length} foreign processes in ${target.name} took ${ticks * 10} ms of CPU during this look`,
  }
}
