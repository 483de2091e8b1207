import { isUtf8 } from 'node:buffer'
import { digestOf } from '../orders/digest.ts'
import { parseOrder } from '../orders/order.ts'
import { isOrderId } from '../orders/order-id.ts'
import { bad } from './answers.ts'
import type { Answer, SubmitRequest } from './submit-order.ts'

/** 1 MiB: several hundred kilobytes of text are an order too; more is not. */
export const bodyBytesMax = 1_048_576

/** A request that may become an order. */
export interface CheckedRequest {
  readonly orderId: string
  readonly payload: string
  readonly digest: string
  /** The customer, in whose order its orders are carried out where the queue is partitioned. */
  readonly key: string
}

export type Checked =
  | { readonly kind: 'fine'; readonly checked: CheckedRequest }
  | { readonly kind: 'bad'; readonly answer: Answer }

/** Key, kind, size, encoding, form: in this order, the cheap ones first. The payload is kept as it came. */
export function checkRequest(request: SubmitRequest): Checked {
  const { idempotencyKey, contentType, body } = request
  if (!isOrderId(idempotencyKey)) {
    return problem({ status: 400, error: 'bad-key' }, ['Idempotency-Key must be 1 to 80 of A-Z a-z 0-9 _ -'])
  }
  if (!isJson(contentType)) {
    return problem({ status: 415, error: 'not-json-content-type' }, ['Content-Type must be application/json'])
  }
  if (body.byteLength > bodyBytesMax) {
    return problem({ status: 413, error: 'too-large' }, [`the body may have ${bodyBytesMax} bytes`])
  }
  if (!isUtf8(body)) return problem({ status: 400, error: 'not-utf8' }, ['the body must be UTF-8'])
  return checkPayload(idempotencyKey, Buffer.from(body.buffer, body.byteOffset, body.byteLength).toString())
}

function checkPayload(orderId: string, payload: string): Checked {
  const parsed = parseOrder(payload)
  if (parsed.kind === 'unreadable')
    return problem({ status: 400, error: 'not-json' }, ['the body is no JSON'])
  if (parsed.kind === 'invalid') return problem({ status: 422, error: 'not-an-order' }, parsed.problems)
  const key = parsed.order.customer
  return { kind: 'fine', checked: { orderId, payload, digest: digestOf(payload), key } }
}

function problem(what: Parameters<typeof bad>[0], problems: readonly string[]): Checked {
  return { kind: 'bad', answer: bad(what, problems) }
}

/** With any parameters: only UTF-8 is taken, whatever `charset` says. */
function isJson(contentType: string | undefined): boolean {
  return contentType?.split(';')[0]?.trim().toLowerCase() === 'application/json'
}
