import type { Objective } from '../chaos/slo/objective.ts'

/** While the broker is slow: confirms take longer than the API aims at, so that it turns orders away. */
export const brownOutObjectives: readonly Objective[] = [
  {
    name: 'amplification-in-the-brown-out',
    promise: 'is asked at most twice for each order while the broker is slow: retries do not feed the fault',
    indicator: { kind: 'amplification' },
    window: { over: 'each-fault' },
    // Four attempts are the client's own limit. Two: each order is asked for once more, on average. With a third of the
    // attempts turned away it comes to 1.5.
    atMost: 2,
    // 15 s at 150/s are 2,250; a tenth is enough for a mean.
    samplesMin: 200,
  },
  {
    name: 'amplification-of-what-the-broker-is-asked',
    promise:
      'asks the slow broker at most 1.1 times for each order: what comes again and again is turned away at the door',
    indicator: { kind: 'amplification', of: 'let-in' },
    window: { over: 'each-fault' },
    // A publish whose confirm does not come in time is asked for again, and nothing else: 1.00 was seen.
    atMost: 1.1,
    samplesMin: 200,
  },
  {
    name: 'goodput-after-the-brown-out',
    promise: 'accepts as much as is asked for 30 s after the broker is quick again',
    indicator: { kind: 'goodput', against: 'planned' },
    window: { over: 'load-phase', phase: 'tail' },
    // A metastable system stays slow after its trigger is gone. 5 % are for what is on its way at the edges of 15 s.
    atLeast: 0.95,
    samplesMin: 500,
  },
]
