import type { Clock } from '../clock.ts'
import type { Criticality, OrderPublisher, PublishOutcome, PublishRefusal } from '../queue/order-queue.ts'
import type { Random } from '../random.ts'
import type { AdaptiveLimit } from '../resilience/adaptive-limit.ts'
import type { CallEnd, CircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { Quotas } from '../resilience/quota.ts'
import { retryAfterS } from '../resilience/retry-after.ts'
import type { Log } from '../telemetry/log.ts'
import type { ApiMetrics } from '../telemetry/metrics.ts'
import { accepted, conflict, type RefusalCause, refused, unsure } from './answers.ts'
import { type CheckedRequest, checkRequest } from './check-request.ts'
import type { KnownKeys } from './known-keys.ts'
import type { LookUp } from './look-up.ts'

/** A `POST /orders` as it came, whatever brought it. */
export interface SubmitRequest {
  readonly idempotencyKey: string | undefined
  readonly contentType: string | undefined
  /** The body's bytes, not yet looked at. */
  readonly body: Uint8Array
  readonly criticality: Criticality
  readonly client?: string
  readonly traceparent?: string
  /** How long the caller will wait from now on; undefined if it did not say. */
  readonly patienceMs?: number
}

/** What is sent back, in terms of HTTP; `body` becomes JSON. */
export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
}

/** Never rejects: everything that can happen has an answer. */
export type SubmitOrder = (request: SubmitRequest) => Promise<Answer>

export interface SubmitParts {
  readonly publisher: OrderPublisher
  /** Has this customer too much that is not carried out yet? */
  readonly isHot: (key: string) => boolean
  readonly brokerBreaker: CircuitBreaker
  readonly limit: AdaptiveLimit
  readonly quotas: Quotas
  readonly knownKeys: KnownKeys
  readonly lookUp: LookUp
  readonly clock: Clock
  readonly random: Random
  readonly metrics: ApiMetrics
  readonly log: Log
  readonly publishTimeoutMs: number
  readonly isStopping: () => boolean
}

/** The way of an order through the API: checked, let in, not known yet, published, confirmed; only then accepted. */
export function createSubmitOrder(parts: SubmitParts): SubmitOrder {
  const submission = new Submission(parts)
  return (request) => submission.submit(request)
}

interface InFlight {
  readonly digest: string
  readonly answer: Promise<Answer>
}

class Submission {
  readonly #parts: SubmitParts
  /** One publish for each key at a time: those who ask for the same share its answer. */
  readonly #inFlight = new Map<string, InFlight>()

  constructor(parts: SubmitParts) {
    this.#parts = parts
  }

  async submit(request: SubmitRequest): Promise<Answer> {
    const checked = checkRequest(request)
    if (checked.kind === 'bad') return checked.answer
    if (this.#parts.isStopping()) return this.#refuse('stopping')
    const waitMs = request.client === undefined ? 0 : this.#parts.quotas.take(request.client)
    if (waitMs > 0) return this.#refuse('quota', waitMs)
    // Before it takes a place from others, or asks the store whether it is known.
    if (this.#parts.isHot(checked.checked.key)) return this.#refuse('hot-key')
    const leave = this.#parts.limit.enter(request.criticality, request.body.byteLength)
    if (leave === undefined) return this.#refuse('overloaded')
    const answer = await this.#once(checked.checked, request)
    leave(endOf(answer))
    return answer
  }

  async #once(checked: CheckedRequest, request: SubmitRequest): Promise<Answer> {
    const { orderId, digest } = checked
    for (let other = this.#inFlight.get(orderId); other; other = this.#inFlight.get(orderId)) {
      const answer = await other.answer
      if (other.digest === digest) return answer
      // Another payload for a key that is on its way: what counts is how that one ends.
    }
    const answer = this.#acceptOrRefuse(checked, request)
    this.#inFlight.set(orderId, { digest, answer })
    try {
      return await answer
    } finally {
      this.#inFlight.delete(orderId)
    }
  }

  async #acceptOrRefuse(checked: CheckedRequest, request: SubmitRequest): Promise<Answer> {
    const startedMs = this.#parts.clock.nowMs()
    const { orderId, digest } = checked
    const known = this.#parts.knownKeys.digestOf(orderId) ?? (await this.#parts.lookUp(orderId))
    if (known !== undefined) return this.#answerKnown(orderId, known === digest)
    const leftMs = (request.patienceMs ?? Number.POSITIVE_INFINITY) - (this.#parts.clock.nowMs() - startedMs)
    if (leftMs <= 0) return this.#refuse('too-late')
    return this.#publish(checked, request, Math.min(leftMs, this.#parts.publishTimeoutMs))
  }

  #answerKnown(orderId: string, samePayload: boolean): Answer {
    const { metrics } = this.#parts
    if (samePayload) metrics.repeated.inc()
    else metrics.conflicts.inc()
    return samePayload ? accepted(orderId) : conflict(orderId)
  }

  async #publish(checked: CheckedRequest, request: SubmitRequest, deadlineMs: number): Promise<Answer> {
    const { publisher, brokerBreaker, clock } = this.#parts
    const leaveBreaker = brokerBreaker.enter()
    if (leaveBreaker === undefined) return this.#refuse('broker-away')
    const { criticality, traceparent } = request
    const message = { ...checked, criticality, publishedAtMs: clock.wallTime().getTime() }
    const outcome = await publisher.publish(traceparent ? { ...message, traceparent } : message, deadlineMs)
    leaveBreaker(callEndOf(outcome))
    return this.#answerOutcome(checked, outcome, traceparent)
  }

  #answerOutcome({ orderId, digest }: CheckedRequest, outcome: PublishOutcome, traceparent?: string): Answer {
    const { knownKeys, metrics, log } = this.#parts
    if (outcome.kind === 'confirmed') {
      knownKeys.accepted(orderId, digest)
      metrics.confirmed.inc()
      metrics.accepted.inc()
      log.debug({ orderId, traceparent }, 'accepted')
      return accepted(orderId)
    }
    log.warn({ orderId, traceparent, cause: outcome.cause }, `the publish is ${outcome.kind}`)
    if (outcome.kind === 'refused') return this.#refuse(causesOfRefusal[outcome.cause])
    metrics.unsure.inc({ cause: outcome.cause })
    return unsure(orderId)
  }

  #refuse(cause: RefusalCause, leastMs = 0): Answer {
    const { metrics, random, brokerBreaker } = this.#parts
    metrics.refused.inc({ cause })
    const awayMs = cause === 'broker-away' ? brokerBreaker.awayMs() : 0
    return refused(cause, retryAfterS({ random, leastMs, awayMs }))
  }
}

const causesOfRefusal = {
  full: 'queue-full',
  unroutable: 'broker-away',
  away: 'broker-away',
  'hot-key': 'hot-key',
} as const satisfies Record<PublishRefusal, RefusalCause>

/** A full queue is the system's answer, not a broker that is away; and of a hot key the broker never heard. */
function callEndOf(outcome: PublishOutcome): CallEnd {
  if (outcome.kind === 'unsure') return 'failure'
  if (outcome.kind === 'confirmed' || outcome.cause === 'full') return 'success'
  return outcome.cause === 'hot-key' ? 'neither' : 'failure'
}

/** What an answer says about how much more could be let in. A broker that is away says nothing: the breaker does. */
function endOf({ status, body }: Answer): 'fine' | 'overloaded' | 'neither' {
  if (status === 202) return 'fine'
  return status === 504 || body.error === 'queue-full' ? 'overloaded' : 'neither'
}
