import type { Random } from '../../chaos/kernel/random.ts'
import type { Clock } from '../../system-under-test/clock.ts'
import type { Broker } from '../../system-under-test/queue/broker.ts'
import type { BrokerHooks, InMemoryBroker } from '../../system-under-test/queue/in-memory-broker.ts'
import type { StoreHooks } from '../../system-under-test/store/in-memory-store.ts'
import type { Link } from './link.ts'
import type { SerialWork } from './serial.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import { beginningMs } from './virtual-globals.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { StoreState } from './world.ts'

/** Time as one process sees it: a sleep that its death interrupts never ends. */
export function clockOf(process: SimulatedProcess, time: VirtualTime, skewMs: () => number): Clock {
  return {
    nowMs: () => time.nowMs(),
    wallTime: () => new Date(Math.floor(beginningMs + time.nowMs() + skewMs())),
    sleep: (ms, signal) =>
      new Promise((resolve, reject) => {
        if (signal?.aborted) return reject(signal.reason)
        const wake = () => {
          signal?.removeEventListener('abort', stop)
          resolve()
        }
        const planned = process.after(ms, wake)
        const stop = () => {
          planned.cancel()
          reject(signal?.reason)
        }
        signal?.addEventListener('abort', stop, { once: true })
      }),
  }
}

/** Time for the broker and the store, which outlive every process. */
export function worldClock(time: VirtualTime): Clock {
  return {
    nowMs: () => time.nowMs(),
    wallTime: () => new Date(Math.floor(beginningMs + time.nowMs())),
    sleep: (ms) => time.sleep(ms),
  }
}

/**
 * Never settles. One for each question: a promise keeps everybody who waits for it, so that a single one for all would
 * keep every process that ever died, with all of its memory.
 */
const never = () => new Promise<never>(() => undefined)

/** The port as one process sees it: neither question nor answer crosses the end of the process. */
export function whileAlive<Port extends object>(process: SimulatedProcess, port: Port): Port {
  return new Proxy(port, {
    get(target, key) {
      const value: unknown = Reflect.get(target, key, target)
      if (typeof value !== 'function') return value
      return async (...args: unknown[]) => {
        if (!process.isAlive) return never()
        const [settled] = await Promise.allSettled([Reflect.apply(value, target, args)])
        if (!process.isAlive) return never()
        if (settled.status === 'rejected') throw settled.reason
        return settled.value
      }
    },
  })
}

/** The broker behind one replica's link. Connections carry the process's name, so that they die with it. */
export function brokerFor(
  process: SimulatedProcess,
  broker: InMemoryBroker,
  link: Link,
  connections: Set<string>,
): Broker {
  const isMine = (name: string) => name.startsWith(`${process.name}/`)
  process.onKilled(() => {
    broker.forget(isMine)
    for (const name of connections) if (isMine(name)) connections.delete(name)
  })
  let made = 0
  const reached: Broker = {
    async connect(name) {
      if (link.refuses()) throw new Error('connect ECONNREFUSED')
      const connection = await broker.connect(`${process.name}/${name}`)
      if (!process.isAlive) {
        broker.forget(isMine)
        return connection
      }
      made += 1
      const own = `${process.name}/${made}`
      connections.add(own)
      connection.closed.then(() => connections.delete(own))
      return connection
    },
  }
  return whileAlive(process, reached)
}

// 0.5 to 4.5 ms: a quorum queue of one member on a fast disk; each message for itself, so that confirms overtake.
const persistMs = { min: 0.5, spread: 4 }

/**
 * 4 MiB: what a process may hold in the buffers of its sockets before the kernel ends it. A container has room for 100 MB; here
 * orders are fewer and smaller in about that proportion, and what the honest service holds is 1 MiB in both.
 */
const bufferedBytesMax = 4 * 1024 ** 2

export function brokerHooks(
  links: ReadonlyMap<string, Link>,
  random: Random,
  work: SerialWork,
  outOfMemory: (replica: string) => void,
): BrokerHooks {
  const replicaOf = (connection: string) => connection.split('#', 1)[0] as string
  const linkOf = (connection: string) => links.get(`${replicaOf(connection)}→broker`)
  return {
    linkMs: (connection) => linkOf(connection)?.crossingMs() ?? 0,
    sendMs: (connection, bytes) => linkOf(connection)?.sendMs(bytes) ?? 0,
    buffered: (connection, bytes) => {
      if (bytes > bufferedBytesMax) outOfMemory(replicaOf(connection))
    },
    confirmMs: () => work.turnMs() + persistMs.min + random.next() * persistMs.spread,
    losesConfirm: (connection) => linkOf(connection)?.losesAnswer() ?? false,
  }
}

/** The store behind one replica's link, and with the store's own troubles. */
export function storeHooks(
  link: Link,
  state: StoreState,
  work: SerialWork,
  random: Random,
  wallMs: () => number,
): StoreHooks {
  const usualMs = state.serviceMs
  return {
    wallMs,
    fate(operation) {
      if (link.refuses()) return 'away'
      if (random.next() < state.refuseShare) {
        state.touched += 1
        return 'away'
      }
      if (operation === 'write' && random.next() < state.timeoutShare) {
        state.touched += 1
        return random.pick(['lost before', 'lost after', 'late'])
      }
      return link.losesAnswer() ? 'lost after' : 'answered'
    },
    answerMs() {
      if (state.serviceMs > usualMs) state.touched += 1
      return work.turnMs() + link.crossingMs() + state.serviceMs * (0.5 + random.next()) + link.crossingMs()
    },
  }
}
