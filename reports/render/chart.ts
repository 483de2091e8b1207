import type { FaultBand, Series } from '../aggregate/run-data.ts'

/** What the script of the page draws; the only thing that both sides share. Rates are a second. */
export interface ChartData {
  readonly binSeconds: number
  readonly bins: number
  /** The charts begin here; a double click shows all. */
  readonly firstBin: number
  readonly charts: readonly Chart[]
  readonly faults: readonly FaultBand[]
  readonly phases: readonly { readonly phase: string; readonly timeMs: number }[]
}

export interface Chart {
  readonly title: string
  readonly unit: string
  readonly scale: 'linear' | 'log'
  /** Readings come every few seconds: their points are joined. Rates and times are not: no point is news. */
  readonly spanGaps: boolean
  readonly lines: readonly ChartLine[]
}

export interface ChartLine {
  readonly name: string
  /** Which of the page's colours. */
  readonly color: string
  readonly dash: readonly number[]
  readonly values: Series
}
