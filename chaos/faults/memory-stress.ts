import { z } from 'zod'
import { cgroupFacts } from './cgroup.ts'
import { defineFaultKind } from './define-fault.ts'
import { engineLacks, inspectOwn } from './docker-engine.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { forgottenAfterS, killMarkedStep, markedProcesses, startMarked } from './marked-processes.ts'
import type { ContainerTarget } from './target.ts'

const mebibyte = 1024 ** 2

// `tail` keeps a line of which it has not seen the end: so many zeros are so much memory, for as long as it waits.
const hold = '{ head -c "$1" /dev/zero; sleep "$2"; } | tail'

/** Somebody else takes the memory: a process in the target's own cgroup. Beyond its limit the OOM killer chooses. */
export const memoryStress = defineFaultKind({
  kind: 'memory-stress',
  how: "a process that holds memory inside the target's container and limits",
  victimFeels: 'memory pressure; the OOM killer where there is not enough for both',
  proof: "the kernel counts the memory as the process's own, or it counts OOM kills",
  needs: ['throttleable'],
  targetKind: 'container',
  options: z.strictObject({ megabytes: z.number().int().min(1).max(65_536).default(64) }),
  unsupportedHere: () => engineLacks('MemoryLimit'),
  body(target, { megabytes }, context) {
    let killsBefore: number | undefined
    return {
      sentence: `a process takes ${megabytes} MiB of memory from ${target.name}`,
      async undoSteps() {
        killsBefore = (await cgroupFacts(target.docker, target.containerId)).oomKills
        return [
          { do: 'container-start', containerId: target.containerId },
          killMarkedStep(target.containerId, context),
        ]
      },
      async inject() {
        const { HostConfig } = await inspectOwn(target.docker, target.containerId, context.runId)
        // Without a limit of its own, this would be the memory of the machine and of everybody on it.
        if (!HostConfig.Memory) throw new Error(`${target.name} has no memory limit, so it is not stressed`)
        const argv = ['sh', '-c', hold, 'hold', String(megabytes * mebibyte), String(forgottenAfterS)]
        await startMarked(target.docker, target.containerId, context, argv)
      },
      look: () => lookAtMemory(target, { bytes: megabytes * mebibyte, killsBefore }, context),
    }
  },
})

async function lookAtMemory(
  target: ContainerTarget,
  { bytes, killsBefore }: { readonly bytes: number; readonly killsBefore: number | undefined },
  context: FaultContext,
): Promise<Feeling> {
  const { docker, containerId } = target
  const { State } = await inspectOwn(docker, containerId, context.runId)
  if (!State.Running) {
    return { felt: State.OOMKilled, evidence: `${target.name} is down, exit code ${State.ExitCode}` }
  }
  const taken = (await markedProcesses(docker, containerId, context)).reduce(
    (sum, { residentBytes }) => sum + residentBytes,
    0,
  )
  const { oomKills, memoryBytes } = await cgroupFacts(docker, containerId)
  const killed = killsBefore === undefined ? 0 : oomKills - killsBefore
  const inMb = (amount: number) => `${Math.round(amount / mebibyte)} MiB`
  return {
    felt: taken >= bytes * 0.8 || killed > 0,
    evidence:
      `foreign processes hold ${inMb(taken)} of the ${inMb(memoryBytes)} in use in ${target.name}; ` +
      `${killed} OOM kills since before`,
  }
}
