import type { Link } from './link.ts'

/** Something that can be seen of the system in a moment: workers, 6. */
export type Reading = readonly [name: string, value: number]

/** One replica of the API, of the worker, or of what looks after them: it has a life after each of its deaths. */
export interface Replica {
  readonly name: string
  readonly role: 'api' | 'worker' | 'autoscaler' | 'release'
  readonly isAlive: boolean
  /** Starts a new process. Nothing of the old one's memory is in it. */
  start(): void
  kill(): void
  /** Asks it to end, as SIGTERM does, and kills what has not ended after the grace period. */
  stop(graceMs: number): void
  /** Added to its wall clock. */
  skewMs: number
}

export interface BrokerSwitch {
  readonly work: Serial
  stop(): void
  start(): void
  /** Removes the binding between an exchange and its queue. */
  unbind(what: 'orders' | 'dead letters'): void
  bind(what: 'orders' | 'dead letters'): void
}

/** One thing after another: what bounds how much a part can do. */
export interface Serial {
  /** How long one operation keeps all others waiting; 0: no bound. */
  gapMs: number
  /** How many operations had to wait so far. */
  waited: number
}

/** How the store behaves now. Shares are of its operations, 0 to 1. */
export interface StoreState {
  /** Mean time of one operation. */
  serviceMs: number
  /** Writes without an answer: done, not done, or done much later. */
  timeoutShare: number
  /** Operations that it certainly did not do. */
  refuseShare: number
  readonly work: Serial
  /** How many operations the faults have touched so far. */
  touched: number
}

/** Everything that a fault can touch. Links are named `<replica>→<broker | store>` and `client→<api>`. */
export interface World {
  readonly links: ReadonlyMap<string, Link>
  readonly replicas: ReadonlyMap<string, Replica>
  readonly broker: BrokerSwitch
  readonly store: StoreState
}
