import { z } from 'zod'
import { choosePeers } from './choose-peers.ts'
import { defineFaultKind } from './define-fault.ts'
import { rulesUnsupported } from './host-support.ts'
import { lookForNoPath } from './path-look.ts'
import { rulesBody } from './rules-body.ts'

/**
 * The target and the named peers cannot reach each other; everybody else reaches both. Without names: no peer at
 * all, while the published port still works. Connections that are open fall silent too.
 */
export const partition = defineFaultKind({
  kind: 'partition',
  how: "iptables DROP, both ways, for the peers' addresses in the target's network namespace",
  victimFeels: 'no path to some peers, also on open connections',
  proof: 'no packet passes between the target and each of these peers, which do answer this machine',
  needs: ['partitionable'],
  targetKind: 'container',
  options: z.strictObject({ from: z.array(z.string().min(1)).min(1).optional() }),
  unsupportedHere: () => rulesUnsupported(),
  body(target, { from }, context) {
    const peers = () => choosePeers(target, from)
    return rulesBody(target, context, {
      sentence: `${target.name} is cut off from ${from?.join(', ') ?? 'all its peers'}`,
      async rules() {
        return [...(await peers()).values()].flatMap((address) => [
          ['INPUT', '-s', address, '-j', 'DROP'],
          ['OUTPUT', '-d', address, '-j', 'DROP'],
        ])
      },
      look: async (signal) => lookForNoPath(target, await peers(), { context, signal }),
    })
  },
})
