import type { Random } from '../../../chaos/kernel/random.ts'
import type { SimulatedFault } from '../simulated-fault.ts'
import type { Trigger } from '../trigger.ts'
import { allFelt } from './all-felt.ts'

type Draw = (random: Random, when: { readonly atMs: number; readonly forMs: number }) => SimulatedFault

const replicas = ['api-1', 'api-2', 'worker-1', 'worker-2'] as const
const share = (random: Random) => 0.25 + 0.25 * random.next()

/** One fault of each group at most, so that no two of a run undo each other. */
const groups: readonly (readonly Draw[])[] = [
  [
    (random, when) => ({ kind: 'process-kill', target: random.pick(replicas), ...when }),
    (random, when) => ({ kind: 'process-stop', target: random.pick(replicas), ...when }),
  ],
  [
    (random, when) => ({ kind: 'connection-cut', target: `${random.pick(replicas)}→broker`, ...when }),
    (random, when) => ({
      kind: 'latency',
      target: 'api-*→broker',
      ...when,
      options: { delayMs: random.integer(20, 400), jitterMs: random.integer(0, 200) },
    }),
    (random, when) => ({ kind: 'blackhole', target: `${random.pick(['api-1', 'api-2'])}→broker`, ...when }),
    (random, when) => ({
      kind: 'answers-lost',
      target: 'api-*→broker',
      ...when,
      options: { share: share(random) },
    }),
    (_, when) => ({ kind: 'broker-restart', target: 'broker', ...when }),
    (_, when) => ({ kind: 'binding-removed', target: 'broker', ...when }),
  ],
  [
    (random, when) => ({
      kind: 'store-slow',
      target: 'store',
      ...when,
      options: { serviceMs: random.integer(20, 300) },
    }),
    (random, when) => ({
      kind: 'store-write-timeouts',
      target: 'store',
      ...when,
      options: { timeoutShare: share(random) },
    }),
    (random, when) => ({
      kind: 'store-refuses',
      target: 'store',
      ...when,
      options: { refuseShare: share(random) },
    }),
    (_, when) => ({ kind: 'store-down', target: 'store', ...when }),
  ],
  [
    (random, when) => ({
      kind: 'answers-lost',
      target: 'client→*',
      ...when,
      options: { share: share(random) },
    }),
  ],
]

/** Whatever nobody thought of: faults of all sorts together, drawn from the seed. */
export const swarm: Trigger = {
  name: 'swarm',
  description: 'two to four faults of different sorts at random times, some of them together',
  load: { orders: 320, overMs: 8_000, doubleShare: 0.1, repeatShare: 0.2, poisonShare: 0.05 },
  faults: (random) => allFelt(drawSwarm(random)),
}

/** Two to four, as they were drawn: one of them may hide another. */
export function drawSwarm(random: Random): readonly SimulatedFault[] {
  return random
    .shuffle(groups)
    .slice(0, random.integer(2, 4))
    .map((group) => {
      const when = { atMs: random.integer(300, 4_500), forMs: random.integer(1_200, 3_000) }
      return random.pick(group)(random, when)
    })
}
