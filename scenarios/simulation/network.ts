import type { Random } from '../../chaos/kernel/random.ts'
import type { VirtualTime } from './virtual-time.ts'

/** How a link behaves now. Every connection over it follows at once. */
export interface LinkState {
  /** New connections are refused; open ones were reset when the cut was made. */
  isCut: boolean
  /** Nothing arrives in this direction; it is kept, and arrives when the stall ends. */
  stalledTo: { server: boolean; client: boolean }
  /** Added to each crossing, drawn between 0 and this. */
  jitterMs: number
  delayMs: number
}

export interface Link {
  readonly name: string
  readonly state: LinkState
  connections: Set<Connection>
  /** How many crossings, refusals and resets this link's faults have touched: the proof that a fault was felt. */
  touched: number
}

/** One end of a stream: what is sent arrives in order, later, or never if the connection dies first. */
export interface Connection {
  readonly isOpen: boolean
  toServer(action: () => void): void
  toClient(action: () => void): void
  /** Both ends learn of it, each after its own delay; what is on its way is lost. */
  reset(): void
  /** The client's process died: the server learns of it, the client never. */
  drop(): void
  /** Called on the client's side when the connection is reset, unless it was dropped. */
  onReset(action: () => void): void
}

export interface Ends {
  onClientClosed(): void
  onServerClosed(): void
}

const baseDelayMs = 0.2

/** A place between two parts where the seed decides how long things take, and where faults bite. */
export function createLink(name: string): Link {
  return {
    name,
    state: { isCut: false, stalledTo: { server: false, client: false }, jitterMs: 0.3, delayMs: 0 },
    connections: new Set(),
    touched: 0,
  }
}

export function crossingMs(link: Link, random: Random): number {
  const { delayMs, jitterMs } = link.state
  if (delayMs > 0) link.touched += 1
  return baseDelayMs + delayMs + random.next() * jitterMs
}

export function openConnection(link: Link, time: VirtualTime, random: Random, ends: Ends): Connection {
  let isOpen = true
  const onReset = new Set<() => void>()
  const server = createDirection(() => link.state.stalledTo.server)
  const client = createDirection(() => link.state.stalledTo.client)

  function createDirection(isStalled: () => boolean) {
    let lastMs = 0
    const held: (() => void)[] = []
    const arrive = (action: () => void) => {
      if (!isOpen) return
      if (!isStalled()) return action()
      link.touched += 1
      held.push(action)
    }
    return {
      send(action: () => void) {
        if (!isOpen) return
        lastMs = Math.max(lastMs, time.nowMs() + crossingMs(link, random))
        time.after(lastMs - time.nowMs(), () => arrive(action))
      },
      release() {
        for (const action of held.splice(0)) if (isOpen) action()
      },
    }
  }

  const connection = {
    get isOpen() {
      return isOpen
    },
    toServer: (action: () => void) => server.send(action),
    toClient: (action: () => void) => client.send(action),
    reset() {
      if (!isOpen) return
      isOpen = false
      link.connections.delete(connection)
      time.after(random.next() * 2, ends.onServerClosed)
      time.after(random.next() * 2, () => {
        for (const action of onReset) action()
        ends.onClientClosed()
      })
    },
    onReset: (action: () => void) => void onReset.add(action),
    drop() {
      if (!isOpen) return
      isOpen = false
      link.connections.delete(connection)
      time.after(random.next() * 2, ends.onServerClosed)
    },
    release() {
      server.release()
      client.release()
    },
  }
  link.connections.add(connection)
  return connection
}

/** Resets every connection of the link. */
export function resetAll(link: Link): void {
  for (const connection of [...link.connections]) {
    link.touched += 1
    connection.reset()
  }
}

/** Ends stalls: what was held arrives now, in order. */
export function endStalls(link: Link): void {
  link.state.stalledTo = { server: false, client: false }
  for (const connection of link.connections) (connection as Connection & { release(): void }).release()
}
