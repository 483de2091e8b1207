import { build, type Histogram } from 'hdr-histogram-js'

/** An hour in microseconds: a response that took longer counts as that. */
const highestUs = 3_600_000_000
/** 0.1 % of any value at worst: half of what quantiles of merged parts are allowed to be off. */
const significantDigits = 3

/**
 * Response times in little memory, for parts that are counted separately (several generators, seconds of a live view)
 * and merged: quantiles of the merged histogram are those of all samples, to 0.1 %. Percentiles themselves cannot be merged.
 */
export class ResponseHistogram {
  readonly #counts: Histogram = build({
    bitBucketSize: 32,
    highestTrackableValue: highestUs,
    numberOfSignificantValueDigits: significantDigits,
  })

  record(responseMs: number): void {
    this.#counts.recordValue(Math.min(highestUs, Math.max(0, Math.round(responseMs * 1_000))))
  }

  add(other: ResponseHistogram): void {
    this.#counts.add(other.#counts)
  }

  get samples(): number {
    return this.#counts.totalCount
  }

  /** By the nearest rank, in ms; undefined without a sample. */
  quantileMs(quantile: number): number | undefined {
    if (this.samples === 0) return undefined
    return this.#counts.getValueAtPercentile(quantile * 100) / 1_000
  }
}
