import type { Answer } from './submit-order.ts'

/** Every answer to a `POST /orders`. What is refused says that nothing was published; only 202 is a promise. */

export function accepted(orderId: string): Answer {
  return answer(202, { orderId, status: 'accepted' }, { location: `/orders/${orderId}` })
}

export type BadRequest =
  | { readonly status: 400; readonly error: 'bad-key' | 'not-json' | 'not-utf8' }
  | { readonly status: 413; readonly error: 'too-large' }
  | { readonly status: 415; readonly error: 'not-json-content-type' }
  | { readonly status: 422; readonly error: 'not-an-order' }

/** The caller's mistake: sending the same again is of no use. */
export function bad({ status, error }: BadRequest, problems: readonly string[]): Answer {
  return answer(status, { error, problems, published: false })
}

export function conflict(orderId: string): Answer {
  const problems = ['this key was used with another payload']
  return answer(409, { orderId, error: 'conflict', problems, published: false })
}

export const refusalCauses = [
  'overloaded',
  'queue-full',
  'broker-away',
  'stopping',
  'too-late',
  'quota',
  'hot-key',
] as const
export type RefusalCause = (typeof refusalCauses)[number]

/** The caller's, or everybody's together; anything else is trouble of the service's own. */
const tooMuch: ReadonlySet<RefusalCause> = new Set(['overloaded', 'quota', 'hot-key'])

/** Refused, and certainly not published: come again after the given seconds. */
export function refused(cause: RefusalCause, retryAfterS: number): Answer {
  const status = tooMuch.has(cause) ? 429 : 503
  return answer(status, { error: cause, published: false }, { 'retry-after': String(retryAfterS) })
}

/** Nobody knows. The client asks again with the same key, and then it does. */
export function unsure(orderId: string): Answer {
  return answer(504, { orderId, error: 'unsure', hint: 'send it again with the same key' })
}

function answer(status: number, body: Answer['body'], headers: Answer['headers'] = {}): Answer {
  return { status, headers, body }
}
