import { z } from 'zod'
import { cgroupFacts } from './cgroup.ts'
import { defineFaultKind } from './define-fault.ts'
import { engineLacks, execIn, inspectOwn } from './docker-engine.ts'
import type { FaultContext, Feeling } from './fault.ts'
import type { ContainerTarget } from './target.ts'

const periodUs = 100_000

/** The container gets a share of one CPU and is held at every period's end. */
export const cpuLimit = defineFaultKind({
  kind: 'cpu-limit',
  how: 'Docker API `update` of the CPU quota',
  victimFeels: 'everything is slow',
  proof:
    "the kernel's quota for the container is what was asked for, and its count of throttled periods grows",
  needs: ['throttleable'],
  targetKind: 'container',
  options: z.strictObject({ cpus: z.number().min(0.01).max(16).default(0.2) }),
  unsupportedHere: () => engineLacks('CpuCfsQuota'),
  body: (target, { cpus }, context) => ({
    sentence: `${target.name} gets ${cpus} of a CPU`,
    async undoSteps() {
      const { HostConfig } = await inspectOwn(target.docker, target.containerId, context.runId)
      return [{ do: 'container-update', containerId: target.containerId, limits: cpuLimitsOf(HostConfig) }]
    },
    async inject() {
      const { HostConfig } = await inspectOwn(target.docker, target.containerId, context.runId)
      // The Engine refuses one way of saying it where the other was used before.
      const limits = HostConfig.NanoCpus
        ? { NanoCpus: Math.round(cpus * 1e9) }
        : { CpuPeriod: periodUs, CpuQuota: Math.round(cpus * periodUs) }
      await target.docker.getContainer(target.containerId).update(limits)
    },
    look: () => lookAtThrottling(target, cpus, context),
  }),
})

/** As numbers that change something: the Engine takes a quota of 0 for "leave it as it is". */
export function cpuLimitsOf(host: {
  NanoCpus?: number
  CpuQuota?: number
  CpuPeriod?: number
}): Readonly<Record<string, number>> {
  if (host.NanoCpus) return { NanoCpus: host.NanoCpus }
  if (!host.CpuQuota || host.CpuQuota < 0) return { CpuQuota: -1 }
  return { CpuQuota: host.CpuQuota, CpuPeriod: host.CpuPeriod || periodUs }
}

// Counts to 20,000: 20 ms of one CPU, enough to meet the quota of an idle container, and nothing to a busy one.
// Prints the nanoseconds that it ran and that it waited for a CPU.
const burst =
  'i=0; while [ $i -lt 20000 ]; do i=$((i+1)); done; read -r ran waited n < /proc/self/schedstat; echo $ran $waited'

/**
 * On a machine that gives the container even less than its limit, the quota is never met and nothing is throttled:
 * there, that the limit is set in the kernel and that a burst waits as long as the limit would make it, is the proof.
 */
async function lookAtThrottling(
  target: ContainerTarget,
  cpus: number,
  { runId }: FaultContext,
): Promise<Feeling> {
  const { docker, containerId } = target
  await inspectOwn(docker, containerId, runId)
  const before = await cgroupFacts(docker, containerId)
  const { stdout } = await execIn(docker, containerId, ['sh', '-c', burst])
  const after = await cgroupFacts(docker, containerId)
  const held = after.throttledPeriods - before.throttledPeriods
  const [ranMs = 0, waitedMs = 0] = stdout.split(' ').map((ns) => Number(ns) / 1e6)
  const limited = after.cpusMax !== undefined && Math.abs(after.cpusMax - cpus) < 0.005
  return {
    felt: limited && (held > 0 || (ranMs > 0 && waitedMs >= waitUnderLimitMs(ranMs, cpus) / 2)),
    evidence:
      `the kernel gives ${target.name} ${after.cpusMax ?? 'any number'} of CPUs and held it in ${held} periods of ` +
      `this look, in which ${Math.round(ranMs)} ms of work waited ${Math.round(waitedMs)} ms`,
  }
}

function waitUnderLimitMs(ranMs: number, cpus: number): number {
  return ranMs * Math.max(0, 1 / cpus - 1)
}
