import type { Clock } from '../clock.ts'
import type { Broker, BrokerConnection, BrokerMessage, PublishTarget } from './broker.ts'
import { type InMemoryConnection, openInMemoryConnection } from './in-memory-connection.ts'
import { InMemoryQueue } from './in-memory-queue.ts'
import type { BindingSpec, QueueLayout, QueueSpec } from './queue-layout.ts'

/** What can happen on the way; each is asked once for each message, so that chance can be handed in. */
export interface BrokerHooks {
  /** How long a message takes from a process to the broker, and back. */
  linkMs?(connection: string): number
  /** How long the socket takes over a message of so many bytes, for which those behind it wait. */
  sendMs?(connection: string, bytes: number): number
  /** So many bytes wait in the socket's buffer from now on. */
  buffered?(connection: string, bytes: number): void
  /** How long the broker takes to make a message safe. Confirms overtake one another if this varies. */
  confirmMs?(connection: string): number
  /** The confirm of this one is never sent, though the message is in the queue. */
  losesConfirm?(connection: string): boolean
}

export interface InMemoryBrokerOptions {
  readonly clock: Clock
  readonly hooks?: BrokerHooks
}

/**
 * The port to a broker within this process. It behaves like RabbitMQ where the service can tell: confirms by tag and
 * out of order, returns before confirms, refusal of a full queue, prefetch, redelivery of what a dead consumer held,
 * delivery limits, dead letters, loss of what is not persistent at a restart.
 */
export class InMemoryBroker implements Broker {
  readonly clock: Clock
  readonly hooks: BrokerHooks
  readonly #queues = new Map<string, InMemoryQueue>()
  readonly #exchanges = new Set<string>()
  readonly #connections = new Set<InMemoryConnection>()
  #bindings: BindingSpec[] = []
  #running = true
  #alarm: string | undefined
  /** Publishes that wait in the sockets until an alarm is over. */
  #held: (() => void)[] = []

  constructor({ clock, hooks = {} }: InMemoryBrokerOptions) {
    this.clock = clock
    this.hooks = hooks
  }

  async connect(name: string): Promise<BrokerConnection> {
    await this.clock.sleep(this.hooks.linkMs?.(name) ?? 0)
    if (!this.#running) throw new Error('connection refused')
    const connection = openInMemoryConnection(this, name)
    this.#connections.add(connection)
    return connection
  }

  /** The broker goes away: every connection ends, and no new one is taken until `start`. */
  stop(reason = 'the broker stopped'): void {
    this.#running = false
    this.cut(() => true, reason)
  }

  start(): void {
    if (this.#running) return
    for (const queue of this.#queues.values()) queue.restart()
    for (const [name, queue] of this.#queues) if (!queue.spec.durable) this.#queues.delete(name)
    this.#bindings = this.#bindings.filter(({ queue }) => this.#queues.has(queue))
    this.#running = true
  }

  /** Ends connections; what was on its way in either direction is lost. */
  cut(which: (name: string) => boolean, reason = 'connection reset'): void {
    for (const connection of [...this.#connections]) if (which(connection.name)) connection.end(reason)
  }

  /** A process died: the broker sees its connection end, and nobody else does. */
  forget(which: (name: string) => boolean): void {
    for (const connection of [...this.#connections]) if (which(connection.name)) connection.vanish()
  }

  /** Publishers are blocked (an alarm), or no longer (undefined). */
  block(reason: string | undefined): void {
    this.#alarm = reason
    for (const connection of this.#connections) connection.block(reason)
    const held = this.#held
    this.#held = []
    for (const act of held) this.whenNotBlocked(act)
  }

  get alarm(): string | undefined {
    return this.#alarm
  }

  /** For connections only: now, or when the alarm is over. */
  whenNotBlocked(act: () => void): void {
    if (this.#alarm === undefined) act()
    else this.#held.push(act)
  }

  /** For connections only. */
  afterConfirmMs(connection: string, act: () => void): void {
    const delayMs = this.hooks.confirmMs?.(connection) ?? 0
    if (delayMs > 0) this.clock.sleep(delayMs).then(act)
    else act()
  }

  deleteQueue(name: string): void {
    this.#queues.delete(name)
    this.#bindings = this.#bindings.filter(({ queue }) => queue !== name)
    for (const connection of this.#connections) connection.queueDeleted(name)
  }

  unbind(name: string): void {
    this.#bindings = this.#bindings.filter(({ queue }) => queue !== name)
  }

  /** Every message of a queue, also those in the hands of consumers; empty for an unknown queue. */
  messages(name: string): readonly BrokerMessage[] {
    return this.#queues.get(name)?.messages() ?? []
  }

  depth(name: string): { readonly ready: number; readonly unacknowledged: number } {
    const queue = this.#queues.get(name)
    return { ready: queue?.readyCount ?? 0, unacknowledged: queue?.takenCount ?? 0 }
  }

  /** For connections only. */
  declare(layout: QueueLayout): void {
    for (const exchange of layout.exchanges) this.#exchanges.add(exchange)
    for (const spec of layout.queues) {
      if (this.#queues.has(spec.name)) continue
      const queue = new InMemoryQueue(spec, this.#bury, () => this.clock.nowMs())
      this.#queues.set(spec.name, queue)
    }
    for (const binding of layout.bindings) {
      const same = (other: BindingSpec) =>
        other.exchange === binding.exchange &&
        other.routingKey === binding.routingKey &&
        other.queue === binding.queue
      if (!this.#bindings.some(same)) this.#bindings.push(binding)
    }
  }

  /** For connections only. */
  route({ exchange, routingKey }: Omit<PublishTarget, 'mandatory'>, message: BrokerMessage): RouteEnd {
    const queues = this.#bindings
      .filter((binding) => binding.exchange === exchange && binding.routingKey === routingKey)
      .map(({ queue }) => this.#queues.get(queue))
      .filter((queue) => queue !== undefined)
    if (queues.length === 0) return 'unroutable'
    return queues.map((queue) => queue.offer(message)).every(Boolean) ? 'queued' : 'refused'
  }

  /** For connections only. */
  queue(name: string): InMemoryQueue | undefined {
    return this.#queues.get(name)
  }

  /** For connections only. */
  ended(connection: InMemoryConnection): void {
    this.#connections.delete(connection)
  }

  #bury = (message: BrokerMessage, { deadLetter, name }: QueueSpec, reason: string): boolean => {
    if (deadLetter === undefined) return false
    const headers = { ...message.headers, 'x-first-death-reason': reason, 'x-first-death-queue': name }
    return this.route(deadLetter, { ...message, headers }) === 'queued'
  }
}

export type RouteEnd = 'queued' | 'refused' | 'unroutable'
