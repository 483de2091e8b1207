import http, { type RefinedResponse } from 'k6/http'
import { drawBits, purposes, seedOf } from './chance.ts'
import { clientOf } from './client-of.ts'
import type { LoadConfig } from './config.ts'
import type { Seen } from './outcome.ts'
import { maySentBefore } from './sent-before.ts'

/** The client's requests. Which replica is asked alternates with the arrival and with the attempt. */
export interface Requests {
  /** Sends an order under the key of `subject`, as attempt `attempt` of arrival `n`. */
  post(subject: number, n: number, attempt: number, body: string): Seen
  /** Reads an order back; `look` counts the reads of it. */
  get(subject: number, look: number): Seen
}

export function requestsOf(config: LoadConfig): Requests {
  const { timeoutMs } = config.profile.mix
  const seed = seedOf(config.seed)
  const runTrace = hex(seedOf(config.runId)) + hex(seed)
  const keyOf = (n: number) => `${config.ledgerPrefix}${n}`
  const apiUrl = (turn: number) => config.apiUrls[turn % config.apiUrls.length] as string

  const params = (n: number, attempt: number, headers: Record<string, string>) =>
    ({
      timeout: timeoutMs,
      responseType: 'text',
      headers: {
        ...headers,
        traceparent: `00-${runTrace}${hex(drawBits(seed, n, purposes.trace))}${hex(n)}-${hex(n + 1)}${hex(attempt)}-01`,
        baggage: `seawall.run=${config.runId}`,
        'x-timeout-ms': `${timeoutMs}`,
      },
      // Without a name of their own, every order would be a series of its own.
      tags: { name: 'orders' },
    }) as const

  return {
    post(subject, n, attempt, body) {
      const client = clientOf(seed, subject, config.profile.mix)
      const headers = {
        'content-type': 'application/json',
        'idempotency-key': keyOf(subject),
        ...(client === undefined ? {} : { 'x-client': client.name }),
      }
      return seenOf(http.post(`${apiUrl(n + attempt)}/orders`, body, params(n, attempt, headers)))
    },
    get(subject, look) {
      return seenOf(http.get(`${apiUrl(look)}/orders/${keyOf(subject)}`, params(subject, look, {})))
    },
  }
}

function seenOf(response: RefinedResponse<'text'>): Seen {
  return {
    status: response.status,
    errorCode: response.status === 0 ? response.error_code : 0,
    body: response.body ?? '',
    retryAfter: response.headers['Retry-After'],
    maySentBefore: maySentBefore(response.status, response.timings),
  }
}

/** Eight hex digits. */
function hex(bits: number): string {
  return bits.toString(16).padStart(8, '0')
}
