import { z } from 'zod'
import { choosePeers } from './choose-peers.ts'
import { defineFaultKind } from './define-fault.ts'
import type { FaultContext } from './fault.ts'
import { commandsOf } from './host-command.ts'
import { rulesUnsupported } from './host-support.ts'
import { inNetns } from './netns.ts'
import { lookForNoPath } from './path-look.ts'
import { pidOf, rulesBody } from './rules-body.ts'
import type { ContainerTarget } from './target.ts'

/**
 * What the target sends to its peers is lost, or what they send to it; the other direction works. With `outgoing`
 * requests arrive and are carried out, and no answer ever comes back.
 */
export const oneWayBlackhole = defineFaultKind({
  kind: 'one-way-blackhole',
  how: "iptables DROP, one way, for the peers' addresses in the target's network namespace",
  victimFeels: 'requests arrive, answers do not; or the reverse',
  proof: 'no exchange succeeds between the target and these peers, and the kernel counts drops one way only',
  needs: ['partitionable'],
  targetKind: 'container',
  options: z.strictObject({
    direction: z.enum(['incoming', 'outgoing']).default('outgoing'),
    from: z.array(z.string().min(1)).min(1).optional(),
  }),
  unsupportedHere: () => rulesUnsupported(),
  body(target, { direction, from }, context) {
    const peers = () => choosePeers(target, from)
    return rulesBody(target, context, {
      sentence: `${direction} packets between ${target.name} and ${from?.join(', ') ?? 'its peers'} are lost`,
      async rules() {
        return [...(await peers()).values()].map((address) =>
          direction === 'incoming'
            ? ['INPUT', '-s', address, '-j', 'DROP']
            : ['OUTPUT', '-d', address, '-j', 'DROP'],
        )
      },
      async look(signal) {
        const paths = await lookForNoPath(target, await peers(), { context, signal })
        if (!paths.felt) return paths
        const dropped = await droppedPackets(target, context)
        const [lost, kept] =
          direction === 'incoming' ? [dropped.INPUT, dropped.OUTPUT] : [dropped.OUTPUT, dropped.INPUT]
        return {
          felt: lost > 0 && kept === 0,
          evidence: `${paths.evidence}; the kernel dropped ${dropped.INPUT} incoming and ${dropped.OUTPUT} outgoing packets`,
        }
      },
    })
  },
})

interface Drops {
  readonly INPUT: number
  readonly OUTPUT: number
}

/** Packets that each chain has dropped in the namespace, by the kernel's counters. */
async function droppedPackets(target: ContainerTarget, context: FaultContext): Promise<Drops> {
  const list = inNetns(await pidOf(target, context), ['iptables', '-w', '10', '-nvxL'])
  return parseDrops((await commandsOf(context)(list)).stdout)
}

export function parseDrops(text: string): Drops {
  const counts = { INPUT: 0, OUTPUT: 0 }
  let chain: string | undefined
  for (const line of text.split('\n')) {
    chain = /^Chain (\S+)/.exec(line)?.[1] ?? chain
    const packets = /^\s*(\d+)\s+\d+\s+DROP\s/.exec(line)?.[1]
    if (packets !== undefined && (chain === 'INPUT' || chain === 'OUTPUT')) counts[chain] += Number(packets)
  }
  return counts
}
