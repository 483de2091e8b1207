import type { Objective } from '../chaos/slo/objective.ts'

/** A version that is worse than the one before must be stopped at its canary, and taken back. */
export const badCanaryObjectives: readonly Objective[] = [
  {
    name: 'time-to-rolled-back',
    promise: 'takes a bad version back within 30 s of its release',
    indicator: { kind: 'time-to-reading', condition: { reading: 'rolled-back', above: 0 } },
    window: { over: 'load-phase', phase: 'hold' },
    // Two replacements of 3 to 8 s on a busy machine with two cores, three looks to see 200 requests and their errors,
    // and the drain of the canary.
    atMost: 30_000,
    samplesMin: 10,
  },
  {
    name: 'one-canary-at-most',
    promise: 'lets one replica run the new version, and then none again',
    indicator: { kind: 'reading-changes', reading: 'new-replicas' },
    window: { over: 'assault' },
    atMost: 2,
    samplesMin: 10,
  },
  {
    name: 'availability',
    promise: 'accepts 98 % of the orders over the assault: the other replica serves, and a client asks again',
    indicator: { kind: 'availability' },
    window: { over: 'assault' },
    // Half of the clients meet the canary for 5 to 10 s, and ask the other one next; what is left were turned away thrice.
    atLeast: 0.98,
    samplesMin: 1_000,
  },
]

/** A version that is not worse must get to every replica, and clients must not notice. */
export const goodVersionObjectives: readonly Objective[] = [
  {
    name: 'time-to-released',
    promise: 'has a good version on every replica within 33 s of its release',
    indicator: { kind: 'time-to-reading', condition: { reading: 'released', above: 0 } },
    window: { over: 'load-phase', phase: 'hold' },
    // Two replacements of 3 to 8 s on a busy machine with two cores, and 5 s between them in which the canary is compared;
    // half as much again, and still within the spike.
    atMost: 33_000,
    samplesMin: 10,
  },
  {
    name: 'every-replica-once',
    promise: 'replaces each of the two replicas once, and takes none back',
    indicator: { kind: 'reading-changes', reading: 'new-replicas' },
    window: { over: 'assault' },
    atMost: 2,
    samplesMin: 10,
  },
  {
    name: 'availability',
    promise: 'accepts 99 % of the orders over the assault: who leaves drains, and the other one serves',
    indicator: { kind: 'availability' },
    window: { over: 'assault' },
    // A client that finds one replica away asks the other one next. 1 % is what the generator may drop.
    atLeast: 0.99,
    samplesMin: 1_000,
  },
]
