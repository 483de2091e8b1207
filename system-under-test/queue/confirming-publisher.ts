import { within } from '../resilience/within.ts'
import type { BrokerConnection, BrokerMessage, PublisherChannel, PublishTarget } from './broker.ts'
import { ConfirmTracker } from './confirm-tracker.ts'
import { encodeOrder } from './message-codec.ts'
import type { OrderMessage, OrderPublisher, PublishOutcome } from './order-queue.ts'
import type { OrderRoutes } from './partitions.ts'
import { deadLetterTarget } from './queue-layout.ts'
import { keepConnected, type ReconnectingOptions } from './reconnecting.ts'

export interface ConfirmingPublisherOptions extends Omit<ReconnectingOptions, 'layout'> {
  readonly routes: Pick<OrderRoutes, 'layout' | 'targetOf'>
}

export interface ConfirmingPublisher extends OrderPublisher {
  /** Moves an order to the dead letters, with its reason in the headers. Outcomes as of `publish`. */
  publishDead(
    message: OrderMessage,
    headers: Readonly<Record<string, string | number>>,
    deadlineMs: number,
  ): Promise<PublishOutcome>
  /** Connected, and the broker takes publishes. */
  isReady(): boolean
  /** Resolves when everything that was published has its outcome, or after `withinMs`; then disconnects. */
  stop(withinMs: number): Promise<void>
}

const away: PublishOutcome = { kind: 'refused', cause: 'away' }

/** One channel, from its opening to its end. */
interface Line {
  readonly channel: PublisherChannel
  readonly tracker: ConfirmTracker
  /** While the socket's buffer is full: resolves when there is room again. */
  full: Promise<void> | undefined
  expiring: boolean
}

// 1 s: declaring is cheap, but not cheap enough for every order that could not be routed.
const declareEveryMs = 1_000
// 50 ms: how late a deadline may be noticed.
const expireEveryMs = 50

/**
 * Publishes orders so that `confirmed` can be believed: persistent, mandatory, and answered by the broker. Nothing is
 * published twice and nothing waits for a connection: without one the publish is refused at once.
 */
export function createConfirmingPublisher(options: ConfirmingPublisherOptions): ConfirmingPublisher {
  return new Publisher(options)
}

class Publisher implements ConfirmingPublisher {
  readonly #options: ConfirmingPublisherOptions
  readonly #stopping = new AbortController()
  readonly #kept: Promise<void>
  #line: Line | undefined
  #closeConnection: () => Promise<void> = async () => {}
  #blocked = false
  #declareFromMs = Number.NEGATIVE_INFINITY
  #sequence = 0

  constructor(options: ConfirmingPublisherOptions) {
    this.#options = options
    const { layout } = options.routes
    const open = (connection: BrokerConnection) => this.#open(connection)
    this.#kept = keepConnected({ ...options, layout }, open, this.#stopping.signal)
  }

  isReady(): boolean {
    return this.#line !== undefined && !this.#blocked
  }

  publish(message: OrderMessage, deadlineMs: number): Promise<PublishOutcome> {
    const target = this.#options.routes.targetOf(message)
    return this.#publish({ ...target, mandatory: true }, message, undefined, deadlineMs)
  }

  publishDead(
    message: OrderMessage,
    headers: Readonly<Record<string, string | number>>,
    deadlineMs: number,
  ): Promise<PublishOutcome> {
    return this.#publish({ ...deadLetterTarget, mandatory: true }, message, headers, deadlineMs)
  }

  async stop(withinMs: number): Promise<void> {
    const untilMs = this.#options.clock.nowMs() + withinMs
    while ((this.#line?.tracker.size ?? 0) > 0 && this.#options.clock.nowMs() < untilMs) {
      await this.#options.clock.sleep(10)
    }
    this.#stopping.abort()
    await this.#closeConnection().catch(() => {})
    await this.#kept
  }

  async #open(connection: BrokerConnection): Promise<void> {
    const tracker = new ConfirmTracker()
    this.#closeConnection = () => connection.close()
    this.#blocked = false
    const channel = await connection.openPublisher({
      acked: (tag, multiple) => tracker.acked(tag, multiple),
      nacked: (tag, multiple) => tracker.nacked(tag, multiple),
      returned: (messageId) => {
        tracker.returned(messageId)
        this.#declareAgain(connection)
      },
      blocked: (reason) => {
        this.#blocked = reason !== undefined
      },
      closed: () => {
        if (this.#line?.tracker === tracker) this.#line = undefined
        tracker.abandon()
        // A channel that died alone takes its connection with it: one way to begin again is enough.
        connection.close().catch(() => {})
      },
    })
    this.#line = { channel, tracker, full: undefined, expiring: false }
  }

  /** A binding or a queue is gone. Whoever was refused comes again; by then it should be there. */
  #declareAgain(connection: BrokerConnection): void {
    const { clock, routes, log } = this.#options
    if (clock.nowMs() < this.#declareFromMs) return
    this.#declareFromMs = clock.nowMs() + declareEveryMs
    log.error({}, 'the broker cannot route orders: declaring exchanges, queues and bindings again')
    connection.declare(routes.layout).catch(() => {})
  }

  #publish(
    target: PublishTarget,
    message: OrderMessage,
    headers: BrokerMessage['headers'] | undefined,
    deadlineMs: number,
  ): Promise<PublishOutcome> {
    const untilMs = this.#options.clock.nowMs() + deadlineMs
    const publish = () =>
      this.#line === undefined || this.#blocked
        ? Promise.resolve(away)
        : this.#send(this.#line, target, message, headers, untilMs)
    return this.#line?.full === undefined ? publish() : this.#whenThereIsRoom(untilMs, publish)
  }

  /** What the socket cannot take stays with the caller, who is bounded, and not in a buffer that is not. */
  async #whenThereIsRoom(untilMs: number, publish: () => Promise<PublishOutcome>): Promise<PublishOutcome> {
    const { clock } = this.#options
    while (this.#line?.full !== undefined) {
      const leftMs = untilMs - clock.nowMs()
      if (leftMs <= 0) return away
      await within(clock, leftMs, this.#line.full)
    }
    return publish()
  }

  #send(
    line: Line,
    target: PublishTarget,
    message: OrderMessage,
    headers: BrokerMessage['headers'] | undefined,
    untilMs: number,
  ): Promise<PublishOutcome> {
    this.#sequence += 1
    const order = encodeOrder(message, this.#sequence)
    const encoded = headers === undefined ? order : { ...order, headers: { ...order.headers, ...headers } }
    return new Promise((settle) => {
      try {
        const room = line.channel.publish(target, encoded)
        if (!room) this.#waitForRoom(line)
      } catch {
        // A closed channel takes nothing and sends nothing.
        settle(away)
        return
      }
      line.tracker.expect(encoded.messageId, untilMs, settle)
      if (!line.expiring) this.#expire(line)
    })
  }

  #waitForRoom(line: Line): void {
    line.full ??= line.channel.drained().then(() => {
      line.full = undefined
    })
  }

  /** Looks after deadlines as long as something waits: one timer for all of them. */
  async #expire(line: Line): Promise<void> {
    line.expiring = true
    const { clock } = this.#options
    for (let next = line.tracker.nextDeadlineMs(); next !== undefined; next = line.tracker.nextDeadlineMs()) {
      await clock.sleep(Math.min(expireEveryMs, Math.max(1, next - clock.nowMs())))
      line.tracker.expire(clock.nowMs())
    }
    line.expiring = false
  }
}
