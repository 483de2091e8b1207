/** A linear piece of an arrival rate: from the rate before it to `targetPerSecond` within `durationMs`. */
export interface Stage {
  readonly durationMs: number
  readonly targetPerSecond: number
  /** The name of the load's phase that this stage belongs to: base, rise, hold, fall, tail, … */
  readonly phase: string
}

/** Clients that name themselves to the service: one that sends most of everything, and some that do not. */
export interface ClientMix {
  /** The share of all orders that the noisy one sends. */
  readonly noisyShare: number
  /** How many others share the rest. */
  readonly quietCount: number
  /** Each one orders for itself: the customer of its orders has its name, and the noisy one is a hot key. */
  readonly areCustomers?: boolean
}

/** What the client does with its arrivals; shares are fractions of all arrivals. */
export interface JourneyMix {
  /** Sent again with an earlier key and the same payload. */
  readonly repeatShare: number
  /** Accepted by the schema and impossible to carry out: it must end in the dead letters. */
  readonly poisonShare: number
  /** Refused at the door: broken or oversized. */
  readonly invalidShare: number
  /** Several hundred kilobytes of non-ASCII text. */
  readonly largeShare: number
  /** An earlier key with another payload: must be a conflict. */
  readonly conflictShare: number
  /** Reads an acknowledged order back with GET. */
  readonly readShare: number
  readonly attemptsMax: number
  readonly timeoutMs: number
  /** Without it nobody has a name, and the service cannot tell one from the other. */
  readonly clients?: ClientMix
}

/** A load shape: pure data. Open model: arrivals do not wait for the service. */
export interface LoadProfile {
  readonly name: string
  /** A sentence: "spike: 200/s, rising to 1,000/s in 5 s, held for 20 s, …". */
  readonly description: string
  readonly startPerSecond: number
  readonly stages: readonly Stage[]
  readonly mix: JourneyMix
}
