/** How much the caller minds being refused: of two orders under overload, the low one is shed first. */
export const criticalities = ['high', 'low'] as const
export type Criticality = (typeof criticalities)[number]

/** What travels from the API to a worker. `payload` is the request body's text, exactly as it was received. */
export interface OrderMessage {
  readonly orderId: string
  readonly payload: string
  /** First eight hex digits of the SHA-256 of the payload's UTF-8 bytes. */
  readonly digest: string
  readonly criticality: Criticality
  /** Wall time of the publish in milliseconds: the age of the oldest waiting order is counted from it. */
  readonly publishedAtMs: number
  /** Whose order it is. Orders of one key keep their order where the queue is partitioned. */
  readonly key?: string
  readonly traceparent?: string
}

/**
 * What became of a publish. Only `confirmed` is a promise. `refused`: it is certainly not in the queue, and never
 * will be. `unsure`: it may or may not be; neither a promise nor a refusal may be made of it.
 */
export type PublishOutcome =
  | { readonly kind: 'confirmed' }
  | { readonly kind: 'refused'; readonly cause: PublishRefusal }
  | { readonly kind: 'unsure'; readonly cause: 'confirm is late' | 'channel closed' }

/**
 * `full`: the queue is at its length limit. `unroutable`: no queue is bound. `away`: nothing was sent at all. `hot-key`:
 * neither was it, for this key has too much in the queue already.
 */
export type PublishRefusal = 'full' | 'unroutable' | 'away' | 'hot-key'

export interface OrderPublisher {
  /** Resolves when the broker's answer is there, or after `deadlineMs`; never rejects. */
  publish(message: OrderMessage, deadlineMs: number): Promise<PublishOutcome>
}

/** Why an order ended in the dead letters; travels in the header `x-reason`. */
export const deadLetterReasons = ['poison', 'conflict', 'malformed', 'delivery-limit'] as const
export type DeadLetterReason = (typeof deadLetterReasons)[number]
