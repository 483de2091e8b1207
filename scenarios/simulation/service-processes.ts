import type { Random } from '../../chaos/kernel/random.ts'
import type {
  ApiReplica,
  createApiReplica,
  ProcessParts as ServiceParts,
} from '../../system-under-test/api/replica.ts'
import type { InMemoryBroker } from '../../system-under-test/queue/in-memory-broker.ts'
import type { readSettings } from '../../system-under-test/settings.ts'
import type { InMemoryStore } from '../../system-under-test/store/in-memory-store.ts'
import type { Log } from '../../system-under-test/telemetry/log.ts'
import type { createWorker, Worker } from '../../system-under-test/worker/worker.ts'
import type { Link } from './link.ts'
import { brokerFor, clockOf, storeHooks, whileAlive } from './ports.ts'
import type { SerialWork } from './serial.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { StoreState } from './world.ts'

/** What one process is wired to. */
export interface ProcessParts {
  readonly process: SimulatedProcess
  readonly time: VirtualTime
  readonly random: Random
  readonly settings: Readonly<Record<string, string>>
  readonly broker: InMemoryBroker
  readonly orders: InMemoryStore
  /** Open connections to the broker, by names that begin with the process's. */
  readonly connections: Set<string>
  readonly links: { readonly broker: Link; readonly store: Link }
  readonly storeState: StoreState
  readonly storeWork: SerialWork
  skewMs(): number
  log(text: string): void
}

export function bootApi(parts: ProcessParts): ApiReplica {
  return exportOf<typeof createApiReplica>(parts, 'createApiReplica')(wired(parts))
}

export function bootWorker(parts: ProcessParts): Worker {
  return exportOf<typeof createWorker>(parts, 'createWorker')(wired(parts))
}

/** Of the process's own modules: a mutant's where it is one. */
export function exportOf<T>({ process }: ProcessParts, name: string): T {
  return process.exports[name] as T
}

function wired(parts: ProcessParts): ServiceParts {
  const { process, time, random, settings, broker, orders, links, storeState, storeWork } = parts
  const clock = clockOf(process, time, parts.skewMs)
  const wallMs = () => clock.wallTime().getTime()
  const hooks = storeHooks(links.store, storeState, storeWork, random.fork('store'), wallMs)
  return {
    settings: exportOf<typeof readSettings>(parts, 'readSettings')(settings),
    broker: brokerFor(process, broker, links.broker, parts.connections),
    store: whileAlive(process, orders.connect(hooks)),
    clock,
    random: random.fork('service'),
    log: simulatedLog(parts),
  }
}

export function simulatedLog({ log }: Pick<ProcessParts, 'log'>): Log {
  const write = (level: string) => (fields: object, text: string) =>
    log(`${level} ${text} ${JSON.stringify(fields)}`)
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') }
}
