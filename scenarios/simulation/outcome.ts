import type { Answer } from '../../system-under-test/api/submit-order.ts'

/** What came back over the network, or why nothing did. */
export type Response =
  | { readonly kind: 'answer'; readonly answer: Answer }
  | { readonly kind: 'refused' }
  | { readonly kind: 'reset' }
  | { readonly kind: 'timeout' }

export interface Outcome {
  readonly type: 'ok' | 'fail' | 'info'
  readonly status?: number
  readonly error?: string
  /** Of a read: how far the order is; more is newer. */
  readonly version?: number
}

const didNotHappen = new Set([400, 409, 413, 415, 422, 429])

/** What an answer means for the order, by the table of the history's format. */
export function outcomeOf(response: Response): Outcome {
  if (response.kind === 'refused') return { type: 'fail', error: 'connection refused' }
  if (response.kind === 'reset') return { type: 'info', error: 'connection reset' }
  if (response.kind === 'timeout') return { type: 'info', error: 'timeout' }
  const { status, body } = response.answer
  if (status >= 200 && status < 300) return { type: 'ok', status }
  if (didNotHappen.has(status)) return { type: 'fail', status }
  if (status === 503 && body.published === false) return { type: 'fail', status }
  return { type: 'info', status }
}

/** Is it worth another attempt with the same key? Unsure, or refused for now. */
export function isWorthRetrying(outcome: Outcome): boolean {
  if (outcome.type === 'ok') return false
  return (
    outcome.type === 'info' ||
    outcome.status === undefined ||
    outcome.status === 429 ||
    outcome.status === 503
  )
}

/** What an answer to a read says: an order that is only accepted is less than one that came to its end. */
export function readOutcomeOf(response: Response): Outcome {
  if (response.kind !== 'answer') return { type: 'info', error: response.kind }
  const { status, body } = response.answer
  if (status === 200) return { type: 'ok', status, version: body.status === 'accepted' ? 0 : 1 }
  return { type: status === 404 ? 'fail' : 'info', status }
}
