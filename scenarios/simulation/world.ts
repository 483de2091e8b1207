import type { Random } from '../../chaos/kernel/random.ts'
import type { Link } from './network.ts'
import type { StoreState } from './store-over-network.ts'
import type { VirtualTime } from './virtual-time.ts'

/** One replica of the API or of the worker: it has a life after each of its deaths. */
export interface Replica {
  readonly name: string
  readonly role: 'api' | 'worker'
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
  isUp: boolean
  /** Ends every connection; what is not durable is gone. */
  crash(): void
  restart(): void
  /** Removes the binding between the orders' exchange and their queue; true if there was one. */
  unbind(): boolean
  bind(): void
  /** How many publishes found no queue since the beginning. */
  unroutable(): number
}

/** Everything that a fault can touch. Links are named `<replica>→<broker | store>` and `client→<api>`. */
export interface World {
  readonly time: VirtualTime
  readonly random: Random
  readonly links: ReadonlyMap<string, Link>
  readonly replicas: ReadonlyMap<string, Replica>
  readonly broker: BrokerSwitch
  readonly store: StoreState
  log(text: string): void
}
