import type { TimedLine } from '../../chaos/history/line.ts'
import type { Random } from '../../chaos/kernel/random.ts'
import type { SubmitRequest } from '../../system-under-test/api/submit-order.ts'
import type { Client } from '../k6/client-of.ts'
import { isWorthRetrying, type Outcome, outcomeOf, type Response, readOutcomeOf } from './outcome.ts'
import type { Untimed } from './recording.ts'
import { type Arrival, conflictingPayload, digestOf, type SimulatedLoad } from './simulated-load.ts'
import type { VirtualTime } from './virtual-time.ts'

/** What the client knows of the world: doors to knock at, and a way to see whether an order is in the store. */
export interface ClientWorld {
  readonly time: VirtualTime
  readonly random: Random
  readonly idPrefix: string
  readonly doors: number
  see(line: Untimed<TimedLine>): void
  send(door: number, request: SubmitRequest): Promise<Response>
  read(door: number, orderId: string): Promise<Response>
  isStored(orderId: string): Promise<boolean>
}

// 6 s of looks: longer than the two steps of an order take, and than the cache takes an answer for fresh.
const readsEach = 60
const readEveryMs = 100

interface Order {
  readonly key: string
  /** The id under which the history speaks of it. */
  readonly id: string
  readonly process: string
  readonly payload: string
  readonly digest: string
  readonly intendedMs: number
  readonly expect?: 'dead-letter'
  readonly invalid?: true
  readonly client: Client | undefined
}

/** A client that keeps trying with the same key while it is unsure, as one that wants its order would. */
export class SimulatedClient {
  readonly #world: ClientWorld
  readonly #load: SimulatedLoad
  #open = 0

  constructor(world: ClientWorld, load: SimulatedLoad) {
    this.#world = world
    this.#load = load
  }

  /** Journeys that have not come to their end yet. */
  get open(): number {
    return this.#open
  }

  start(arrivals: readonly Arrival[]): void {
    for (const arrival of arrivals) this.#plan(arrival.atMs, () => this.#arrive(arrival))
  }

  #plan(atMs: number, journey: () => Promise<unknown>): void {
    this.#open += 1
    this.#world.time.after(atMs, () => {
      journey().finally(() => {
        this.#open -= 1
      })
    })
  }

  async #arrive(arrival: Arrival): Promise<void> {
    const id = `${this.#world.idPrefix}${arrival.number}`
    const { client } = arrival
    const group = client?.group ?? 'client'
    const order: Order = {
      key: id,
      id,
      process: `${group}/${arrival.number}`,
      client,
      payload: arrival.payload,
      digest: arrival.digest,
      intendedMs: this.#nowMs(),
      ...(arrival.kind === 'poison' ? { expect: 'dead-letter' } : {}),
      ...(arrival.kind === 'invalid' ? { invalid: true } : {}),
    }
    const door = this.#world.random.integer(0, this.#world.doors - 1)
    if (arrival.isDoubled) this.#plan(0, () => this.#again(order, `double/${arrival.number}`, door + 1))
    if (arrival.repeatAfterMs !== undefined) {
      this.#plan(arrival.repeatAfterMs, () => this.#again(order, `repeat/${arrival.number}`, door + 1))
    }
    if (arrival.isReadBack) this.#plan(0, () => this.#readBack(order, door))
    const end = await this.#submit(order, door)
    if (arrival.hasConflict && end.type === 'ok') await this.#contradict(arrival, order)
  }

  /** The same order once more, as an arrival of its own. */
  #again(order: Order, process: string, door: number): Promise<Outcome> {
    return this.#submit({ ...order, process, intendedMs: this.#nowMs() }, door)
  }

  /** To the microsecond, like every time of the history. */
  #nowMs(): number {
    return Math.round(this.#world.time.nowMs() * 1_000) / 1_000
  }

  /** From the moment in which the store knows it; before that, who does not know it yet is not stale. */
  async #readBack({ id, key, process }: Order, firstDoor: number): Promise<void> {
    const { time, doors } = this.#world
    const looksMax = 400
    for (let looks = 0; looks < looksMax && !(await this.#world.isStored(key)); looks += 1)
      await time.sleep(25)
    const common = { kind: 'op', process: `${process}/reads`, action: 'get', id } as const
    for (let attempt = 1; attempt <= readsEach; attempt += 1) {
      this.#world.see({ ...common, type: 'invoke', attempt })
      const response = await this.#world.read((firstDoor + attempt) % doors, key)
      this.#world.see({ ...common, attempt, ...readOutcomeOf(response) })
      await time.sleep(readEveryMs)
    }
  }

  /** Only once the first is stored: before, either of the two may rightly be the order. */
  async #contradict(arrival: Arrival, first: Order): Promise<void> {
    for (let looks = 0; looks < 40 && !(await this.#world.isStored(first.key)); looks += 1) {
      await this.#world.time.sleep(250)
    }
    if (!(await this.#world.isStored(first.key))) return
    const payload = conflictingPayload(arrival)
    const id = `${first.id}~conflict`
    await this.#submit(
      {
        key: first.key,
        id,
        process: `conflict/${arrival.number}`,
        client: arrival.client,
        payload,
        digest: digestOf(payload),
        intendedMs: this.#nowMs(),
        expect: 'dead-letter',
      },
      this.#world.random.integer(0, this.#world.doors - 1),
    )
  }

  async #submit(order: Order, firstDoor: number): Promise<Outcome> {
    const { time, random, doors } = this.#world
    for (let attempt = 1; ; attempt += 1) {
      const response = await this.#attempt(order, attempt, (firstDoor + attempt) % doors)
      const outcome = outcomeOf(response)
      this.#complete(order, attempt, outcome)
      if (attempt >= this.#load.attemptsMax || !isWorthRetrying(outcome)) return outcome
      await time.sleep(retryAfterMs(response) + random.next() * 100 * 2 ** attempt)
    }
  }

  #attempt(order: Order, attempt: number, door: number): Promise<Response> {
    const { key, id, process, payload, digest, intendedMs, expect, invalid, client } = order
    this.#world.see({
      kind: 'op',
      type: 'invoke',
      process,
      action: 'submit',
      id,
      attempt,
      digest,
      intendedMs,
      ...(expect === undefined ? {} : { expect }),
      ...(invalid === undefined ? {} : { invalid }),
    })
    return this.#world.send(door, {
      idempotencyKey: key,
      contentType: 'application/json',
      body: Buffer.from(payload, 'utf8'),
      criticality: 'high',
      patienceMs: this.#load.timeoutMs,
      ...(client === undefined ? {} : { client: client.name }),
    })
  }

  #complete({ process, id }: Order, attempt: number, outcome: Outcome): void {
    this.#world.see({ kind: 'op', process, action: 'submit', id, attempt, ...outcome })
  }
}

function retryAfterMs(response: Response): number {
  if (response.kind !== 'answer') return 0
  const seconds = Number(response.answer.headers['retry-after'] ?? 0)
  return Number.isFinite(seconds) ? seconds * 1_000 : 0
}
