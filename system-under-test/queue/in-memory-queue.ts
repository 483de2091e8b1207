import type { BrokerMessage } from './broker.ts'
import type { QueueSpec } from './queue-layout.ts'

interface Envelope {
  readonly message: BrokerMessage
  readonly arrivedMs: number
  returns: number
  redelivered: boolean
}

/** Somebody who takes messages from a queue, as long as `hasRoom` says so. */
export interface Taker {
  hasRoom(): boolean
  readonly priority: number
  /** With `forget` the queue is rid of the message as soon as it is taken. */
  readonly forget: boolean
  take(message: BrokerMessage, redelivered: boolean, returns: number, claim: Claim): void
}

/** The right to settle one delivery, once. */
export interface Claim {
  ack(): void
  /** Back to the head of the queue; counts as one return. */
  giveBack(): void
  drop(): void
}

/** Tries to put a dead letter where it belongs; false if it could not be taken there. */
export type BuryDead = (message: BrokerMessage, spec: QueueSpec, reason: string) => boolean

function returnsMax({ type, deliveryLimit }: QueueSpec): number {
  if (deliveryLimit === 'none' || type === 'classic') return Number.POSITIVE_INFINITY
  return deliveryLimit ?? 20
}

/** One queue, with its limits: as RabbitMQ's quorum queue where the service can tell the difference. */
export class InMemoryQueue {
  readonly spec: QueueSpec
  readonly #bury: BuryDead
  readonly #nowMs: () => number
  #ready: Envelope[] = []
  #returned: Envelope[] = []
  /** Dead letters that have not been taken anywhere yet: kept, where the strategy is at-least-once. */
  #unburied: { message: BrokerMessage; reason: string }[] = []
  readonly #taken = new Map<Envelope, Taker>()
  #takers: Taker[] = []
  /** Of a queue with one consumer at a time: whose turn it is, as long as it stays or holds something. */
  #active: Taker | undefined
  #pumping = false

  constructor(spec: QueueSpec, bury: BuryDead, nowMs: () => number) {
    this.spec = spec
    this.#bury = bury
    this.#nowMs = nowMs
  }

  get readyCount(): number {
    return this.#ready.length + this.#returned.length
  }

  get takenCount(): number {
    return this.#taken.size
  }

  /** Everything that is in the queue, also what was handed out and what waits to be buried. */
  messages(): readonly BrokerMessage[] {
    const held = [...this.#returned, ...this.#taken.keys(), ...this.#ready].map(({ message }) => message)
    return [...held, ...this.#unburied.map(({ message }) => message)]
  }

  /** False: refused, because the queue is full. */
  offer(message: BrokerMessage): boolean {
    const { lengthMax, overflow } = this.spec
    if (lengthMax !== undefined && this.readyCount + this.#taken.size >= lengthMax) {
      if (overflow === 'reject-publish') return false
      const oldest = this.#returned.shift() ?? this.#ready.shift()
      if (oldest !== undefined) this.#die(oldest.message, 'maxlen')
    }
    this.#ready.push({ message, arrivedMs: this.#nowMs(), returns: 0, redelivered: false })
    this.pump()
    return true
  }

  join(taker: Taker): void {
    this.#takers.push(taker)
    this.pump()
  }

  leave(taker: Taker): void {
    this.#takers = this.#takers.filter((each) => each !== taker)
  }

  /** Hands out what there is to those who have room, in turn. */
  pump(): void {
    if (this.#pumping) return
    this.#pumping = true
    this.#expire()
    for (let taker = this.#nextTaker(); taker !== undefined; taker = this.#nextTaker()) {
      const envelope = this.#returned.shift() ?? this.#ready.shift()
      if (envelope === undefined) break
      this.#hand(envelope, taker)
    }
    this.#pumping = false
    this.#buryAgain()
  }

  /** A restart of the broker: what was handed out is back, and what was not persistent is gone. */
  restart(): void {
    this.#takers = []
    for (const envelope of [...this.#taken.keys()]) this.#giveBack(envelope)
    if (!this.spec.durable) this.#ready = []
    const survives = ({ message }: Envelope) => this.spec.durable && message.persistent
    this.#ready = this.#ready.filter(survives)
    this.#returned = this.#returned.filter(survives)
  }

  /** What is given back in `act` is back as a whole before anything is handed out again: none overtakes another. */
  giveBackTogether(act: () => void): void {
    const isOutermost = !this.#pumping
    this.#pumping = true
    act()
    if (!isOutermost) return
    this.#pumping = false
    this.pump()
  }

  #nextTaker(): Taker | undefined {
    if (this.readyCount === 0) return undefined
    if (this.spec.singleActiveConsumer === true) return this.#singleTaker()
    const index = this.#takers.findIndex((taker) => taker.hasRoom())
    if (index < 0) return undefined
    const [taker] = this.#takers.splice(index, 1)
    if (taker !== undefined) this.#takers.push(taker)
    return taker
  }

  /** Who outranks the active one waits until that one has settled what it holds, and it gets nothing more meanwhile. */
  #singleTaker(): Taker | undefined {
    const active = this.#takers.find((taker) => taker === this.#active)
    const first = this.#takers.toSorted((a, b) => b.priority - a.priority)[0]
    const outranked = active !== undefined && first !== undefined && first.priority > active.priority
    if (outranked && [...this.#taken.values()].includes(active)) return undefined
    this.#active = outranked ? first : (active ?? first)
    return this.#active?.hasRoom() === true ? this.#active : undefined
  }

  #hand(envelope: Envelope, taker: Taker): void {
    if (!taker.forget) this.#taken.set(envelope, taker)
    const once = (act: () => void) => () => {
      if (!this.#taken.delete(envelope)) return
      act()
      this.pump()
    }
    taker.take(envelope.message, envelope.redelivered, envelope.returns, {
      ack: once(() => {}),
      giveBack: once(() => this.#giveBack(envelope)),
      drop: once(() => this.#die(envelope.message, 'rejected')),
    })
  }

  #giveBack(envelope: Envelope): void {
    this.#taken.delete(envelope)
    envelope.returns += 1
    envelope.redelivered = true
    if (envelope.returns > returnsMax(this.spec)) {
      this.#die(envelope.message, 'delivery_limit')
    } else {
      this.#returned.push(envelope)
    }
  }

  #expire(): void {
    const { messageTtlMs } = this.spec
    if (messageTtlMs === undefined) return
    const bornMs = this.#nowMs() - messageTtlMs
    const old = this.#ready.filter(({ arrivedMs }) => arrivedMs <= bornMs)
    this.#ready = this.#ready.filter(({ arrivedMs }) => arrivedMs > bornMs)
    for (const { message } of old) this.#die(message, 'expired')
  }

  /** At-least-once needs `reject-publish`; without it the broker silently does it at most once. */
  #die(message: BrokerMessage, reason: string): void {
    const { deadLetter, overflow } = this.spec
    if (deadLetter === undefined || this.#bury(message, this.spec, reason)) return
    if (deadLetter.strategy === 'at-least-once' && overflow === 'reject-publish') {
      this.#unburied.push({ message, reason })
    }
  }

  #buryAgain(): void {
    this.#unburied = this.#unburied.filter(({ message, reason }) => !this.#bury(message, this.spec, reason))
  }
}
