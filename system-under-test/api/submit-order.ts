import type { Criticality } from '../queue/order-queue.ts'

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
