import { once } from 'node:events'
import http from 'node:http'
import https from 'node:https'

/** The parts of OTLP's JSON that traces and metrics have in common, and the way to a collector. */

export type OtlpValue = string | number | boolean

/** Delivers one request of OTLP's JSON; may reject, and then what was in it is gone. */
export type SendOtlp = (request: object) => Promise<void>

/** Who speaks: the service, and which of its processes. */
export function resourceOf(replica: string): object {
  return { attributes: attributesOf({ 'service.name': 'order-intake', 'service.instance.id': replica }) }
}

export const scope = { name: 'order-intake' } as const

export function nanoseconds(ms: number): string {
  return `${BigInt(Math.round(ms)) * 1_000_000n}`
}

export function attributesOf(values: Readonly<Record<string, OtlpValue>>): object[] {
  return Object.entries(values).map(([key, value]) => ({ key, value: otlpValue(value) }))
}

function otlpValue(value: OtlpValue): object {
  if (typeof value === 'string') return { stringValue: value }
  return typeof value === 'boolean' ? { boolValue: value } : { doubleValue: value }
}

const giveUpMs = 5_000

/**
 * To a collector's HTTP door, as `OTEL_EXPORTER_OTLP_ENDPOINT` names it. By the plain client, over one connection that is
 * kept: `fetch` takes several times as much processor time, from the orders that come meanwhile.
 */
export function sendTo(endpoint: string, what: 'traces' | 'metrics'): SendOtlp {
  const url = new URL(`${endpoint.replace(/\/+$/, '')}/v1/${what}`)
  const { Agent, request } = url.protocol === 'https:' ? https : http
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  return async (content) => {
    const body = JSON.stringify(content)
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const signal = AbortSignal.timeout(giveUpMs)
    const sent = request(url, { method: 'POST', agent, headers, signal })
    sent.end(body)
    const [answer] = (await once(sent, 'response')) as [http.IncomingMessage]
    answer.resume()
    await once(answer, 'end')
    const { statusCode = 0 } = answer
    if (statusCode < 200 || statusCode > 299) throw new Error(`the collector answered ${statusCode}`)
  }
}
