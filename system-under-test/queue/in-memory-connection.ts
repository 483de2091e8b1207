import {
  type BrokerConnection,
  type ConsumeOptions,
  type ConsumerChannel,
  type ConsumerEvents,
  type PublisherChannel,
  type PublisherEvents,
  publishBufferBytes,
} from './broker.ts'
import type { InMemoryBroker } from './in-memory-broker.ts'
import { publisherOf } from './in-memory-publisher.ts'
import type { Claim, Taker } from './in-memory-queue.ts'
import { Pipe } from './pipe.ts'
import { SendBuffer } from './send-buffer.ts'

/** A connection as the broker sees it. */
export interface InMemoryConnection extends BrokerConnection {
  readonly name: string
  /** Ends for both sides. */
  end(reason: string): void
  /** Ends for the broker alone: the other side is dead and hears nothing. */
  vanish(): void
  block(reason: string | undefined): void
  queueDeleted(name: string): void
}

export function openInMemoryConnection(broker: InMemoryBroker, name: string): InMemoryConnection {
  return new Connection(broker, name)
}

export interface ChannelEnd {
  /** The broker's side of the channel is over: what it held goes back. */
  release(): void
  closed(reason: string): void
  blocked?(reason: string | undefined): void
  queueDeleted?(name: string): void
}

class Connection implements InMemoryConnection {
  readonly name: string
  readonly closed: Promise<string>
  readonly #broker: InMemoryBroker
  readonly #toBroker: Pipe
  readonly #toClient: Pipe
  readonly #unsent: SendBuffer
  readonly #channels = new Set<ChannelEnd>()
  #resolveClosed: (reason: string) => void = () => {}
  #open = true

  constructor(broker: InMemoryBroker, name: string) {
    this.name = name
    this.#broker = broker
    this.#toBroker = new Pipe(broker.clock)
    this.#toClient = new Pipe(broker.clock)
    this.#unsent = new SendBuffer(publishBufferBytes, (bytes) => broker.hooks.buffered?.(name, bytes))
    this.closed = new Promise((resolve) => {
      this.#resolveClosed = resolve
    })
  }

  async declare(layout: Parameters<BrokerConnection['declare']>[0]): Promise<void> {
    await this.#ask(() => this.#broker.declare(layout))
  }

  async openPublisher(events: PublisherEvents): Promise<PublisherChannel> {
    await this.#ask(() => {})
    const { channel, end } = publisherOf(this.#side(), this.#broker, events)
    this.#channels.add(end)
    if (this.#broker.alarm !== undefined) events.blocked(this.#broker.alarm)
    return channel
  }

  async openConsumer(events: ConsumerEvents): Promise<ConsumerChannel> {
    await this.#ask(() => {})
    const { channel, end } = consumerOf(this.#side(), this.#broker, events)
    this.#channels.add(end)
    return channel
  }

  async close(): Promise<void> {
    this.end('closed')
  }

  end(reason: string): void {
    if (!this.#open) return
    this.vanish()
    for (const channel of this.#channels) channel.closed(reason)
    this.#resolveClosed(reason)
  }

  vanish(): void {
    if (!this.#open) return
    this.#open = false
    this.#toBroker.cut()
    this.#toClient.cut()
    this.#unsent.end()
    this.#broker.ended(this)
    for (const channel of this.#channels) channel.release()
  }

  block(reason: string | undefined): void {
    for (const channel of this.#channels) {
      this.#toClient.send(this.#linkMs(), () => channel.blocked?.(reason))
    }
  }

  queueDeleted(name: string): void {
    for (const channel of this.#channels) channel.queueDeleted?.(name)
  }

  #side(): ConnectionSide {
    return {
      name: this.name,
      isOpen: () => this.#open,
      toBroker: (arrive) => this.#toBroker.send(this.#linkMs(), arrive),
      sendToBroker: (bytes, arrive) => this.#send(bytes, arrive),
      drained: () => this.#unsent.drained(),
      toClient: (arrive) => this.#toClient.send(this.#linkMs(), arrive),
      ask: (act) => this.#ask(act),
    }
  }

  #send(bytes: number, arrive: () => void): boolean {
    const sent = () => {
      this.#unsent.left(bytes)
      arrive()
    }
    this.#toBroker.send(this.#linkMs(), sent, () => this.#broker.hooks.sendMs?.(this.name, bytes) ?? 0)
    return this.#unsent.take(bytes)
  }

  #linkMs(): number {
    return this.#broker.hooks.linkMs?.(this.name) ?? 0
  }

  /** One question and its answer; rejects if the connection ends before the answer is here. */
  #ask(act: () => void): Promise<void> {
    if (!this.#open) return Promise.reject(new Error('the connection is closed'))
    const answered = new Promise<void>((resolve) => {
      this.#toBroker.send(this.#linkMs(), () => {
        act()
        this.#toClient.send(this.#linkMs(), resolve)
      })
    })
    const ended = this.closed.then((reason) => {
      throw new Error(reason)
    })
    return Promise.race([answered, ended])
  }
}

/** A connection as its channels use it. */
export interface ConnectionSide {
  readonly name: string
  isOpen(): boolean
  toBroker(arrive: () => void): void
  /** The same, for so many bytes; false where the socket's buffer is full with them. */
  sendToBroker(bytes: number, arrive: () => void): boolean
  /** Resolves when the socket's buffer has room again. */
  drained(): Promise<void>
  toClient(arrive: () => void): void
  ask(act: () => void): Promise<void>
}

function consumerOf(side: ConnectionSide, broker: InMemoryBroker, events: ConsumerEvents) {
  const claims = new Map<number, Claim>()
  let lastTag = 0
  let consuming: { readonly options: ConsumeOptions; readonly taker: Taker } | undefined

  const leave = () => {
    if (consuming !== undefined) broker.queue(consuming.options.queue)?.leave(consuming.taker)
    consuming = undefined
  }
  const settle = (tag: number, act: (claim: Claim) => void) => {
    const claim = claims.get(tag)
    claims.delete(tag)
    if (claim !== undefined) act(claim)
  }
  const takerOf = ({ prefetch, noAck, priority = 0 }: ConsumeOptions): Taker => ({
    priority,
    forget: noAck,
    hasRoom: () => side.isOpen() && (noAck || claims.size < prefetch),
    take(message, redelivered, returns, claim) {
      lastTag += 1
      const tag = lastTag
      if (!noAck) claims.set(tag, claim)
      side.toClient(() => events.delivered({ tag, message, redelivered, returns }))
    },
  })
  const fromClient = (act: () => void) => {
    if (!side.isOpen()) throw new Error('the channel is closed')
    side.toBroker(() => {
      act()
      if (consuming !== undefined) broker.queue(consuming.options.queue)?.pump()
    })
  }
  const upTo = (tag: number, multiple: boolean) =>
    multiple ? [...claims.keys()].filter((each) => each <= tag) : [tag]

  const channel: ConsumerChannel = {
    consume: (options) =>
      side.ask(() => {
        const queue = broker.queue(options.queue)
        consuming = { options, taker: takerOf(options) }
        if (queue === undefined) events.cancelled()
        else queue.join(consuming.taker)
      }),
    cancel: () => side.ask(leave),
    ack: (tag, multiple) =>
      fromClient(() => {
        for (const each of upTo(tag, multiple)) settle(each, (claim) => claim.ack())
      }),
    nack: (tag, requeue) =>
      fromClient(() => settle(tag, (claim) => (requeue ? claim.giveBack() : claim.drop()))),
    // Answered after all that was sent before it. What it held goes back in the same moment, before anybody gets more.
    close: () => side.ask(() => end.release()),
  }
  const end: ChannelEnd = {
    release() {
      const queue = consuming === undefined ? undefined : broker.queue(consuming.options.queue)
      leave()
      const held = [...claims.values()]
      claims.clear()
      const giveBack = () => {
        for (const claim of held) claim.giveBack()
      }
      if (queue?.spec.singleActiveConsumer === true) queue.giveBackTogether(giveBack)
      else giveBack()
    },
    closed: (reason) => events.closed(reason),
    queueDeleted(name) {
      if (consuming?.options.queue !== name) return
      consuming = undefined
      claims.clear()
      side.toClient(() => events.cancelled())
    },
  }
  return { channel, end }
}
