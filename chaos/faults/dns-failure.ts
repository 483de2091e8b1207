import { z } from 'zod'
import { choosePeers } from './choose-peers.ts'
import { defineFaultKind } from './define-fault.ts'
import { execIn, inspectOwn } from './docker-engine.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { rulesUnsupported } from './host-support.ts'
import { rulesBody } from './rules-body.ts'
import type { ContainerTarget } from './target.ts'

// The Engine's resolver as every container of a network of its own sees it.
const resolver = '127.0.0.11'

/** No name can be looked up. Who keeps addresses or connections notices nothing until they are needed again. */
export const dnsFailure = defineFaultKind({
  kind: 'dns-failure',
  how: "iptables REJECT of what the target asks the Engine's resolver, in the target's network namespace",
  victimFeels: 'names are not found',
  proof: 'three look-ups in a row inside the container fail',
  needs: ['resolving'],
  targetKind: 'container',
  options: z.strictObject({
    /** Looked up for the proof; a peer's name unless stated. */
    name: z.string().min(1).optional(),
  }),
  unsupportedHere: () => rulesUnsupported(),
  body: (target, { name }, context) =>
    rulesBody(target, context, {
      sentence: `${target.name} cannot look up any name`,
      rules: async () => [['OUTPUT', '-d', resolver, '-j', 'REJECT']],
      look: () => lookUp(target, name, context),
    }),
})

const lookUpThrice = 'for i in 1 2 3; do timeout 10 getent hosts "$1" && exit 0; done; exit 2'

async function lookUp(
  target: ContainerTarget,
  asked: string | undefined,
  { runId }: FaultContext,
): Promise<Feeling> {
  await inspectOwn(target.docker, target.containerId, runId)
  const name = asked ?? [...(await choosePeers(target, undefined)).keys()][0]
  if (name === undefined) return { felt: false, evidence: `${target.name} has no peer to look up` }
  const argv = ['sh', '-c', lookUpThrice, 'look', name]
  const { exitCode, stdout } = await execIn(target.docker, target.containerId, argv)
  const found =
    exitCode === 0 ? `finds ${stdout.trim().replace(/\s+/g, ' ')}` : 'does not find it, three times'
  return { felt: exitCode === 2, evidence: `${target.name} looks up ${name} and ${found}` }
}
