import { z } from 'zod'
import { cgroupFacts } from './cgroup.ts'
import { defineFaultKind } from './define-fault.ts'
import { engineLacks, inspectOwn } from './docker-engine.ts'
import { memoryStep } from './memory-step.ts'

const mebibyte = 1024 ** 2

/**
 * The container may hardly grow: its limit is what it uses now and a little. The kernel refuses less than is in use;
 * whoever needs more meets the OOM killer, and the heal starts it again.
 */
export const memoryLimit = defineFaultKind({
  kind: 'memory-limit',
  how: 'Docker API `update` of the memory limit to the present use and some headroom',
  victimFeels: 'no memory to grow into; the OOM killer, if it tries',
  proof: "the kernel's limit for the container is below what it was, and near its use",
  needs: ['throttleable'],
  targetKind: 'container',
  options: z.strictObject({ headroomMb: z.number().int().min(4).max(65_536).default(32) }),
  unsupportedHere: () => engineLacks('MemoryLimit'),
  body(target, { headroomMb }, { runId }) {
    let before: number | undefined
    const facts = () => cgroupFacts(target.docker, target.containerId)
    return {
      sentence: `${target.name} may use only ${headroomMb} MiB of memory more than now`,
      async undoSteps() {
        before = (await facts()).memoryBytesMax ?? Number.POSITIVE_INFINITY
        return [await memoryStep(target, runId), { do: 'container-start', containerId: target.containerId }]
      },
      async inject() {
        await inspectOwn(target.docker, target.containerId, runId)
        const bytes = Math.ceil((await facts()).memoryBytes / mebibyte + headroomMb) * mebibyte
        await target.docker.getContainer(target.containerId).update({ Memory: bytes, MemorySwap: bytes })
      },
      async look() {
        const { State } = await inspectOwn(target.docker, target.containerId, runId)
        if (!State.Running) {
          const why = State.OOMKilled ? 'it ran out of memory' : `exit code ${State.ExitCode}`
          return { felt: State.OOMKilled, evidence: `${target.name} is down: ${why}` }
        }
        const { memoryBytesMax: now, memoryBytes, oomKills } = await facts()
        const inMb = (bytes: number | undefined) =>
          bytes === undefined || !Number.isFinite(bytes) ? 'no limit' : `${Math.round(bytes / mebibyte)} MiB`
        return {
          felt: now !== undefined && before !== undefined && now < before,
          evidence:
            `${target.name} uses ${inMb(memoryBytes)}; the kernel's limit is ${inMb(now)}, before ${inMb(before)}; ` +
            `${oomKills} OOM kills`,
        }
      },
    }
  },
})
