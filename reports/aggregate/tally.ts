import { bucketMiddleMs, latencyBuckets, quantileMs } from './latency.ts'
import type { Figures, Quantiles } from './run-data.ts'

/** How an attempt ended, in the words of the page. */
export type Ending = 'ok' | 'shed' | 'refused' | 'unsure'

/** 429 and the documented 503 are shed: nothing was published, come again later. All other refusals are final. */
export function endingOf(type: 'ok' | 'fail' | 'info', status: number | undefined): Ending {
  if (type === 'ok') return 'ok'
  if (type === 'info') return 'unsure'
  return status === 429 || status === 503 ? 'shed' : 'refused'
}

/** Exact counts of a stretch of a run, whatever its length. */
export class Tally {
  delivered = 0
  dropped = 0
  attempts = 0
  readonly endings: Record<Ending, number> = { ok: 0, shed: 0, refused: 0, unsure: 0 }
  readonly response = new Uint32Array(latencyBuckets)
  readonly service = new Uint32Array(latencyBuckets)

  /** The times by their buckets: one attempt is counted in several tallies. */
  answer(ending: Ending, response: number, service: number): void {
    this.endings[ending] += 1
    if (ending !== 'ok') return
    this.response[response] = (this.response[response] ?? 0) + 1
    this.service[service] = (this.service[service] ?? 0) + 1
  }

  figures(): Figures {
    return {
      delivered: this.delivered,
      dropped: this.dropped,
      attempts: this.attempts,
      ...this.endings,
      responseMs: quantiles(this.response),
      serviceMs: quantiles(this.service),
    }
  }

  /** Answers from `fromMs` (included) to `toMs`, by the middle of their bucket. */
  answersBetween(fromMs: number, toMs: number): number {
    return this.response.reduce((sum, count, bucket) => {
      const middle = bucketMiddleMs(bucket)
      return middle >= fromMs && middle < toMs ? sum + count : sum
    }, 0)
  }
}

function quantiles(counters: Uint32Array): Quantiles {
  const [p50, p95, p99] = [0.5, 0.95, 0.99].map((quantile) => quantileMs(counters, quantile))
  return p50 === undefined ? {} : { p50, p95, p99 }
}
