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

/** To a collector's HTTP door, as `OTEL_EXPORTER_OTLP_ENDPOINT` names it. */
export function sendTo(endpoint: string, what: 'traces' | 'metrics'): SendOtlp {
  const url = `${endpoint.replace(/\/+$/, '')}/v1/${what}`
  return async (request) => {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(request),
      signal: AbortSignal.timeout(5_000),
    })
    await answer.body?.cancel()
    if (!answer.ok) throw new Error(`the collector answered ${answer.status}`)
  }
}
