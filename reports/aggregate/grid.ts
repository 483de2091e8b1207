/** How two neighbours become one when the grid gets coarser. */
export type Fold = 'sum' | 'max' | 'min'

type Cells = Float64Array | Uint32Array

interface Column {
  readonly cells: Cells
  readonly stride: number
  readonly fold: Fold
  readonly empty: number
}

/**
 * Time in bins, of bounded number for a run of any length: as soon as a time lies beyond the last bin, neighbours
 * are folded into one and the width doubles. Sums stay exact.
 */
export class Grid {
  readonly binsMax: number
  #widthMs: number
  #used = 0
  readonly #columns: Column[] = []

  constructor(options: { readonly widthMs: number; readonly binsMax: number }) {
    this.#widthMs = options.widthMs
    this.binsMax = options.binsMax
  }

  get widthMs(): number {
    return this.#widthMs
  }

  /** Bins from the start of the run to the last time that was seen. */
  get used(): number {
    return this.#used
  }

  /** Counts, 0 where nothing was seen. */
  counts(): Float64Array {
    const cells = new Float64Array(this.binsMax)
    this.#columns.push({ cells, stride: 1, fold: 'sum', empty: 0 })
    return cells
  }

  /** Extremes of readings, NaN where nothing was read. */
  readings(fold: 'max' | 'min'): Float64Array {
    const cells = new Float64Array(this.binsMax).fill(Number.NaN)
    this.#columns.push({ cells, stride: 1, fold, empty: Number.NaN })
    return cells
  }

  /** A row of `stride` counters a bin: the row of bin b begins at b × stride. */
  rows(stride: number): Uint32Array {
    const cells = new Uint32Array(this.binsMax * stride)
    this.#columns.push({ cells, stride, fold: 'sum', empty: 0 })
    return cells
  }

  /** The bin of a time, in ms since the run began. Times before it (a clock's rounding) count in the first bin. */
  binOf(timeMs: number): number {
    const time = Math.max(0, timeMs)
    while (time >= this.#widthMs * this.binsMax) this.#coarsen()
    const bin = Math.floor(time / this.#widthMs)
    if (bin >= this.#used) this.#used = bin + 1
    return bin
  }

  #coarsen(): void {
    for (const column of this.#columns) foldColumn(column, this.binsMax)
    this.#widthMs *= 2
    this.#used = Math.ceil(this.#used / 2)
  }
}

function foldColumn({ cells, stride, fold, empty }: Column, bins: number): void {
  for (let bin = 0; bin < bins; bin += 1) {
    for (let at = 0; at < stride; at += 1) {
      const left = 2 * bin * stride + at
      const right = left + stride
      const inside = right < cells.length
      cells[bin * stride + at] = inside
        ? foldPair(cells[left] ?? empty, cells[right] ?? empty, fold)
        : (cells[left] ?? empty)
    }
  }
}

function foldPair(left: number, right: number, fold: Fold): number {
  if (fold === 'sum') return left + right
  if (Number.isNaN(left)) return right
  if (Number.isNaN(right)) return left
  return fold === 'max' ? Math.max(left, right) : Math.min(left, right)
}
