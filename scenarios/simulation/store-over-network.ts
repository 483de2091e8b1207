import type { Random } from '../../chaos/kernel/random.ts'
import type { OrderStore, ReadOutcome, WriteOutcome } from '../../system-under-test/store/order-store.ts'
import { type Connection, crossingMs, type Link, openConnection } from './network.ts'
import type { SimulatedProcess } from './simulated-process.ts'
import type { VirtualTime } from './virtual-time.ts'

/** How the store itself behaves now; faults change it. */
export interface StoreState {
  isUp: boolean
  /** Mean time of one operation. */
  serviceMs: number
  /** Share of the writes that end in a write timeout: half of those are applied all the same. */
  timeoutShare: number
  /** Share of the writes that are refused without being applied. */
  refuseShare: number
  touched: number
}

export interface NetworkOfStore {
  readonly time: VirtualTime
  readonly random: Random
  readonly link: Link
  readonly process: SimulatedProcess
  readonly state: StoreState
  /** The driver's own read timeout. */
  readonly timeoutMs: number
}

/** The store as one process sees it. An answer that does not come within the driver's timeout is `unsure`. */
export function storeOverNetwork(store: OrderStore, network: NetworkOfStore): OrderStore {
  const { time, link, random, process, state } = network
  let connection: Connection | undefined
  const waiting = new Set<(cause: string) => void>()

  const connect = (): Connection | undefined => {
    if (link.state.isCut || !state.isUp) {
      link.touched += 1
      return undefined
    }
    if (connection?.isOpen) return connection
    connection = openConnection(link, time, random, {
      onServerClosed: () => undefined,
      onClientClosed() {
        for (const give of [...waiting]) give('connection reset')
      },
    })
    const mine = connection
    process.onKilled(() => mine.drop())
    return connection
  }

  async function ask<T>(
    serve: () => Promise<T>,
    away: (cause: string) => T,
    unsure: (cause: string) => T,
  ): Promise<T> {
    const over = connect()
    if (over === undefined) {
      await time.sleep(crossingMs(link, random))
      return away('no host available')
    }
    return new Promise((resolve) => {
      const end = (answer: T) => {
        waiting.delete(give)
        timeout.cancel()
        resolve(answer)
      }
      const give = (cause: string) => end(unsure(cause))
      waiting.add(give)
      const timeout = time.after(network.timeoutMs, () => {
        link.touched += 1
        give(`no answer within ${network.timeoutMs} ms`)
      })
      over.toServer(() => {
        time.after(state.serviceMs * (0.5 + random.next()), async () => {
          if (!state.isUp) return
          const answer = await serve()
          over.toClient(() => end(answer))
        })
      })
    })
  }

  const writeAway = (cause: string): WriteOutcome => ({ kind: 'away', cause })
  const writeUnsure = (cause: string): WriteOutcome => ({ kind: 'unsure', cause })
  const readAway = (cause: string): ReadOutcome => ({ kind: 'away', cause })
  return {
    write: (batch) =>
      ask(
        async () => {
          const draw = random.next()
          if (draw < state.refuseShare) {
            state.touched += 1
            return writeAway('the store refused: not enough replicas')
          }
          if (draw < state.refuseShare + state.timeoutShare) {
            state.touched += 1
            if (random.next() < 0.5) await store.write(batch)
            return writeUnsure('write timeout at the store')
          }
          return store.write(batch)
        },
        writeAway,
        writeUnsure,
      ),
    read: (orderId, consistency) => ask(() => store.read(orderId, consistency), readAway, readAway),
    ping: () =>
      ask(
        () => store.ping(),
        () => false,
        () => false,
      ),
    close: async () => connection?.reset(),
  }
}
