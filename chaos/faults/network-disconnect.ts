import { z } from 'zod'
import { answerWithinMs } from './container-looks.ts'
import { defineFaultKind } from './define-fault.ts'
import { execIn, inspectOwn } from './docker-engine.ts'
import type { Feeling } from './fault.ts'
import type { ContainerTarget } from './target.ts'

/**
 * The container loses its interface; the heal gives it back with the same address and names. A published port
 * refuses meanwhile: from outside this is a refusal, not silence (for silence, take isolation).
 */
export const networkDisconnect = defineFaultKind({
  kind: 'network-disconnect',
  how: 'Docker API `network disconnect`, from each network of the container',
  victimFeels: 'its network interface is gone',
  proof:
    "the kernel's list of interfaces inside the container has none but loopback, and a greeting gets no answer",
  needs: ['partitionable'],
  targetKind: 'container',
  options: z.strictObject({}),
  body: (target, _options, { runId }) => ({
    sentence: `${target.name} is unplugged from its network`,
    async undoSteps() {
      const { NetworkSettings, Id } = await inspectOwn(target.docker, target.containerId, runId)
      return Object.entries(NetworkSettings.Networks).map(
        ([network, endpoint]) =>
          ({
            do: 'network-connect',
            containerId: target.containerId,
            network,
            // The Engine adds the short id by itself, and refuses to be told so.
            aliases: (endpoint.Aliases ?? []).filter((alias: string) => !Id.startsWith(alias)),
            ipv4: endpoint.IPAMConfig?.IPv4Address ?? '',
          }) as const,
      )
    },
    async inject() {
      const { NetworkSettings } = await inspectOwn(target.docker, target.containerId, runId)
      for (const network of Object.keys(NetworkSettings.Networks)) {
        await target.docker.getNetwork(network).disconnect({ Container: target.containerId, Force: true })
      }
    },
    look: () => lookAtInterfaces(target),
  }),
})

async function lookAtInterfaces(target: ContainerTarget): Promise<Feeling> {
  const { stdout } = await execIn(target.docker, target.containerId, ['cat', '/proc/net/dev'])
  const interfaces = [...stdout.matchAll(/^\s*([\w.@-]+):/gm)].map(([, name]) => name as string)
  const others = interfaces.filter((name) => name !== 'lo')
  const answers = await target.answers(answerWithinMs)
  return {
    felt: interfaces.includes('lo') && others.length === 0 && !answers,
    evidence:
      `${target.name} has the interfaces ${interfaces.join(', ') || '(unknown)'}; ` +
      `a greeting gets ${answers ? 'an answer' : 'no answer'}`,
  }
}
