import type { Objective } from '../../chaos/slo/objective.ts'

/**
 * What the service must keep to under a trigger, beside losing nothing. The numbers are the trigger's, with its
 * reasons: virtual time has no slow machine, so that a limit can be near to what the honest service does.
 */

export function acceptsOverall(share: number): Objective {
  return {
    name: 'availability',
    promise: `accepts ${share * 100} % of the valid orders`,
    indicator: { kind: 'availability' },
    window: { over: 'assault' },
    atLeast: share,
    samplesMin: 50,
  }
}

export function acceptsInEachFault(share: number): Objective {
  return {
    name: 'availability-in-each-fault',
    promise: `accepts ${share * 100} % of the valid orders that come while a fault is in`,
    indicator: { kind: 'availability' },
    window: { over: 'each-fault' },
    atLeast: share,
    samplesMin: 20,
  }
}

export function quietAreAccepted(share: number): Objective {
  return {
    ...acceptsOverall(share),
    name: 'quiet-clients-accepted',
    promise: `accepts ${share * 100} % of the valid orders of clients that keep to their quota`,
    group: 'quiet',
  }
}

export function noisyIsHeldTo(share: number): Objective {
  return {
    name: 'noisy-client-held',
    promise: `accepts at most ${share * 100} % of the orders of the client that is far over its quota`,
    indicator: { kind: 'availability' },
    window: { over: 'assault' },
    group: 'noisy',
    atMost: share,
    samplesMin: 50,
  }
}

export function isBackToNormalWithin(ms: number): Objective {
  return {
    name: 'time-to-normal',
    promise: `is back to normal ${ms / 1_000} s after each heal`,
    indicator: { kind: 'time-to-normal' },
    window: { over: 'each-fault' },
    atMost: ms,
    samplesMin: 1,
  }
}

export function drainsWithin(ms: number): Objective {
  return {
    name: 'time-to-drained',
    promise: `has an empty backlog ${ms / 1_000} s after the end of the load`,
    indicator: { kind: 'time-to-drained' },
    window: { over: 'assault' },
    atMost: ms,
    samplesMin: 3,
  }
}
