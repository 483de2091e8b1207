import { z } from 'zod'
import { choosePeers } from './choose-peers.ts'
import { defineFaultKind } from './define-fault.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { commandsOf } from './host-command.ts'
import { rulesUnsupported } from './host-support.ts'
import { inNetns } from './netns.ts'
import { notLoopback, pidOf, rulesBody } from './rules-body.ts'
import type { ContainerTarget } from './target.ts'

const chance = ['-m', 'statistic', '--mode', 'random', '--probability'] as const

/** Each packet to the target is lost with the same chance. TCP hides it behind retransmissions of 0.2 s and more. */
export const packetLoss = defineFaultKind({
  kind: 'packet-loss',
  how: "iptables `statistic` DROP of incoming packets in the target's network namespace",
  victimFeels: 'retransmissions: some exchanges take 0.2 s or 1 s longer',
  proof: "of many short exchanges some wait for a retransmission, by the clock and by the kernel's own count",
  needs: ['partitionable'],
  targetKind: 'container',
  options: z.strictObject({ share: z.number().min(0.01).max(1).default(0.3) }),
  unsupportedHere: () => rulesUnsupported([...chance, '0.5']),
  body: (target, { share }, context) =>
    rulesBody(target, context, {
      sentence: `${target.name} loses ${Math.round(share * 100)} % of the packets sent to it`,
      rules: async () => [['INPUT', ...notLoopback.INPUT, ...chance, String(share), '-j', 'DROP']],
      look: (signal) => lookForRetransmissions(target, share, { context, signal }),
    }),
})

// Seven losses are expected: that none is seen happens once in a thousand looks.
const lossesExpected = 7
const exchangesMax = 200

async function lookForRetransmissions(
  target: ContainerTarget,
  share: number,
  { context, signal }: { readonly context: FaultContext; readonly signal: AbortSignal },
): Promise<Feeling> {
  const [peer] = await choosePeers(target, undefined)
  if (peer === undefined) return { felt: false, evidence: `${target.name} has no peer to exchange with` }
  const [name, address] = peer
  const run = commandsOf(context)
  const pid = await pidOf(target, context)
  const exchanges = Math.min(exchangesMax, Math.ceil(lossesExpected / share))
  const count = async () => synRetransmissions((await run(inNetns(pid, ['cat', '/proc/net/netstat']))).stdout)
  const before = await count()
  const late = lateOf(await run(inNetns(pid, exchangeMany(address, exchanges)), { signal }))
  const again = (await count()) - before
  const control = lateOf(await run(exchangeMany(address, exchanges), { signal }))
  return {
    felt: late > 0 && again >= late && control === 0,
    evidence:
      `${late} of ${exchanges} exchanges with ${name} came late, ${control} of as many from this machine; ` +
      `the kernel sent ${again} opening packets of ${target.name} again`,
  }
}

/** Opens connections that are refused at once, all side by side; prints a line for each that was not within 0.9 s. */
function exchangeMany(address: string, exchanges: number): readonly string[] {
  const one = `( timeout 3 bash -c ': < /dev/tcp/${address}/9' ) 2>/dev/null`
  const timed = `{ s=\${EPOCHREALTIME/[.,]/}; ${one}; e=\${EPOCHREALTIME/[.,]/}; [ $((e-s)) -lt 900000 ] || echo late; } &`
  return ['bash', '-c', `for i in $(seq ${exchanges}); do ${timed} done; wait`]
}

function lateOf({ stdout }: { readonly stdout: string }): number {
  return stdout.split('\n').filter((line) => line === 'late').length
}

/** TCPSynRetrans of /proc/net/netstat: pairs of lines, names and then values. */
export function synRetransmissions(netstat: string): number {
  const [names = '', values = ''] = netstat.split('\n').filter((line) => line.startsWith('TcpExt:'))
  const at = names.split(' ').indexOf('TCPSynRetrans')
  return at < 0 ? 0 : Number(values.split(' ')[at])
}
