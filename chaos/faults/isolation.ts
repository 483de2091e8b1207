import { z } from 'zod'
import { choosePeers } from './choose-peers.ts'
import { answerWithinMs } from './container-looks.ts'
import { defineFaultKind } from './define-fault.ts'
import { rulesUnsupported } from './host-support.ts'
import { lookForNoPath } from './path-look.ts'
import { notLoopback, rulesBody } from './rules-body.ts'

/** Nothing goes in or out, from peers and published ports alike. Silence, where network-disconnect refuses. */
export const isolation = defineFaultKind({
  kind: 'isolation',
  how: "iptables DROP of everything but loopback in the target's network namespace",
  victimFeels: 'silence from everybody, also on open connections',
  proof: 'no packet passes between the target and any peer, and a greeting from outside gets no answer',
  needs: ['partitionable'],
  targetKind: 'container',
  options: z.strictObject({}),
  unsupportedHere: () => rulesUnsupported(),
  body: (target, _options, context) =>
    rulesBody(target, context, {
      sentence: `${target.name} is cut off from everybody`,
      rules: async () => [
        ['INPUT', ...notLoopback.INPUT, '-j', 'DROP'],
        ['OUTPUT', ...notLoopback.OUTPUT, '-j', 'DROP'],
      ],
      async look(signal) {
        const peers = await choosePeers(target, undefined)
        const [paths, answers] = await Promise.all([
          lookForNoPath(target, peers, { context, signal }),
          target.answers(answerWithinMs),
        ])
        const greeting = `a greeting gets ${answers ? 'an answer' : 'no answer'}`
        return { felt: paths.felt && !answers, evidence: `${paths.evidence}; ${greeting}` }
      },
    }),
})
