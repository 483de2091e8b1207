/** What the page knows of a history: of bounded size for a run of any length. Times in ms since the run began. */
export interface RunData {
  readonly binMs: number
  /** Bin i is the time from i × binMs to the next. All lists of numbers below have one entry a bin. */
  readonly bins: number
  readonly rates: RateSeries
  readonly responseMs: { readonly p50: Series; readonly p95: Series; readonly p99: Series }
  readonly observations: readonly ObservationSeries[]
  /** Readings that had no room: more series than a page can show. */
  readonly observationsLeftOut: number
  readonly phases: readonly { readonly phase: string; readonly timeMs: number }[]
  readonly faults: readonly FaultBand[]
  readonly loadPhases: readonly LoadPhaseFigures[]
  readonly total: Figures
  readonly heat: HeatMap
}

/** A reading a bin; null where there was none. */
export type Series = readonly (number | null)[]

/** Counts a bin. Arrivals by their intended start, answers by the time at which they came. */
export interface RateSeries {
  readonly delivered: readonly number[]
  readonly dropped: readonly number[]
  readonly attempts: readonly number[]
  readonly ok: readonly number[]
  readonly shed: readonly number[]
  readonly refused: readonly number[]
  readonly unsure: readonly number[]
}

export interface ObservationSeries {
  /** The reading's name and its labels: "queue-depth", "memory {container=worker-1}". */
  readonly name: string
  readonly values: Series
}

/** A fault as the history shows it; what is absent was not seen. */
export interface FaultBand {
  readonly fault: string
  readonly kind: string
  readonly target: string
  readonly injectingMs?: number
  readonly injectedMs?: number
  readonly feltMs?: number
  readonly healingMs?: number
  readonly healedMs?: number
  readonly felt: boolean
  readonly healFailed: boolean
}

/** Exact counts, and quantiles from merged buckets. */
export interface Figures {
  readonly delivered: number
  readonly dropped: number
  readonly attempts: number
  readonly ok: number
  readonly shed: number
  readonly refused: number
  readonly unsure: number
  /** From the intended start. */
  readonly responseMs: Quantiles
  /** From the moment of sending: beside it, to show what waiting to be sent hides. */
  readonly serviceMs: Quantiles
}

export interface Quantiles {
  readonly p50?: number
  readonly p95?: number
  readonly p99?: number
}

export interface LoadPhaseFigures extends Figures {
  readonly name: string
  readonly fromMs: number
  readonly toMs: number
}

/** Answers by response time (rows, from fast to slow) in each phase of the load (columns). */
export interface HeatMap {
  readonly phases: readonly string[]
  readonly rows: readonly HeatRow[]
}

export interface HeatRow {
  readonly fromMs: number
  /** Absent in the last row: everything slower. */
  readonly toMs?: number
  readonly counts: readonly number[]
}
