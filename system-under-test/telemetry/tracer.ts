import type { Random } from '../random.ts'
import type { OtlpValue } from './otlp.ts'

export type SpanKind = 'server' | 'client' | 'producer' | 'consumer'

export interface Span {
  /** For those who go on from here: W3C trace context. */
  readonly traceparent: string
  end(attributes: Readonly<Record<string, OtlpValue>>): void
}

/** One trace an order: it begins at the client or the API, and goes through the queue in a header. */
export interface Tracer {
  begin(name: string, kind: SpanKind, parent: string | undefined): Span
}

export interface TraceContext {
  readonly traceId: string
  readonly spanId: string
}

const zeros = /^0+$/

/** The parts of a `traceparent` header; undefined if it is none, and then a new trace begins. */
export function parseTraceparent(text: string | undefined): TraceContext | undefined {
  const match = /^00-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}$/.exec(text ?? '')
  const [, traceId = '0', spanId = '0'] = match ?? []
  return zeros.test(traceId) || zeros.test(spanId) ? undefined : { traceId, spanId }
}

export function traceparentOf({ traceId, spanId }: TraceContext): string {
  return `00-${traceId}-${spanId}-01`
}

/** So many hex digits of chance, never all zero. */
export function hexOf(random: Random, digits: number): string {
  let text = ''
  while (text.length < digits) {
    text += Math.floor(random.next() * 0x1_0000_0000)
      .toString(16)
      .padStart(8, '0')
  }
  return zeros.test(text) ? `${text.slice(1)}1` : text
}
