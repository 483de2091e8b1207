import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { attributesOf, nanoseconds, resourceOf, type SendOtlp, scope } from './otlp.ts'
import { hexOf, parseTraceparent, type SpanKind, type Tracer, traceparentOf } from './tracer.ts'

export interface OtlpTracerOptions {
  readonly clock: Clock
  readonly random: Random
  readonly replica: string
  readonly send: SendOtlp
}

export interface OtlpTracer extends Tracer {
  /** Sends what is there, and stops sending. */
  stop(): Promise<void>
  dropped(): number
}

// OTLP, trace.proto: SpanKind.
const kinds: Readonly<Record<SpanKind, number>> = { server: 2, client: 3, producer: 4, consumer: 5 }

const sendEveryMs = 1_000
// 256 spans are written as JSON in a millisecond or less: more at once would be felt by the orders that come meanwhile.
const inARequestMax = 256
// 2,048 spans of a few hundred bytes: a collector that is away costs half a megabyte and some traces, never an order.
const waitingMax = 2_048

/** Hands spans to a collector in batches, behind everybody's back: what it cannot deliver it drops and counts. */
export function createOtlpTracer(options: OtlpTracerOptions): OtlpTracer {
  const { clock, random, replica, send } = options
  const stopping = new AbortController()
  const waiting: object[] = []
  let onTheWay = 0
  let dropped = 0
  let flushing: Promise<void> | undefined

  /** Sends all that waits, one request after the other; never two at a time. */
  function flush(): Promise<void> {
    flushing ??= sendAll().finally(() => {
      flushing = undefined
    })
    return flushing
  }

  async function sendAll() {
    while (waiting.length > 0) {
      const spans = waiting.splice(0, inARequestMax)
      onTheWay = spans.length
      await send(requestOf(replica, spans)).catch(() => {
        dropped += spans.length
      })
      onTheWay = 0
    }
  }

  const sending = (async () => {
    while (!stopping.signal.aborted) {
      await clock.sleep(sendEveryMs, stopping.signal).catch(() => {})
      await flush()
    }
    // What came while the last flush was on its way.
    await flush()
  })()

  return {
    dropped: () => dropped,
    async stop() {
      stopping.abort()
      await sending
    },
    begin(name, kind, parent) {
      const above = parseTraceparent(parent)
      const context = { traceId: above?.traceId ?? hexOf(random, 32), spanId: hexOf(random, 16) }
      const startedMs = clock.wallTime().getTime()
      return {
        traceparent: traceparentOf(context),
        end(attributes) {
          if (waiting.length + onTheWay >= waitingMax) {
            dropped += 1
            return
          }
          waiting.push({
            ...context,
            ...(above === undefined ? {} : { parentSpanId: above.spanId }),
            name,
            kind: kinds[kind],
            startTimeUnixNano: nanoseconds(startedMs),
            endTimeUnixNano: nanoseconds(clock.wallTime().getTime()),
            attributes: attributesOf(attributes),
          })
          if (waiting.length >= inARequestMax) void flush()
        },
      }
    },
  }
}

function requestOf(replica: string, spans: readonly object[]): object {
  return { resourceSpans: [{ resource: resourceOf(replica), scopeSpans: [{ scope, spans }] }] }
}
