import type { ObservationLine } from '../../chaos/history/line.ts'
import type { Grid } from './grid.ts'
import type { ObservationSeries, Series } from './run-data.ts'

// More series than this are a wall, not a picture; the rest is counted.
const seriesMax = 40

/** Readings that are bad when low: a bin shows its lowest. All others show their highest. */
const badWhenLow = /^(?:replicas|answering|consumers|ready|workers|workers-ready)\b/

/** Metrics under their own names are there for the rules of alerts; what is for people has a name with dashes. */
export const isForRulesOnly = (name: string): boolean => name.includes('_')

/** A series for each name and labels, in the order in which they are first seen. */
export class Observations {
  readonly #grid: Grid
  readonly #series = new Map<string, { cells: Float64Array; low: boolean }>()
  readonly #leftOut = new Set<string>()

  constructor(grid: Grid) {
    this.#grid = grid
  }

  get leftOut(): number {
    return this.#leftOut.size
  }

  see(line: ObservationLine): void {
    if (isForRulesOnly(line.name)) return
    const series = this.#seriesOf(titleOf(line), badWhenLow.test(line.name))
    if (series === undefined) return
    const bin = this.#grid.binOf(line.timeMs)
    const before = series.cells[bin] ?? Number.NaN
    if (Number.isNaN(before)) series.cells[bin] = line.value
    else series.cells[bin] = series.low ? Math.min(before, line.value) : Math.max(before, line.value)
  }

  series(): ObservationSeries[] {
    return [...this.#series].map(([name, { cells }]) => ({ name, values: this.#values(cells) }))
  }

  #values(cells: Float64Array): Series {
    return Array.from(cells.subarray(0, this.#grid.used), (value) => (Number.isNaN(value) ? null : value))
  }

  #seriesOf(title: string, low: boolean) {
    const known = this.#series.get(title)
    if (known !== undefined) return known
    if (this.#series.size >= seriesMax) {
      this.#leftOut.add(title)
      return undefined
    }
    const series = { cells: this.#grid.readings(low ? 'min' : 'max'), low }
    this.#series.set(title, series)
    return series
  }
}

/** "memory {container=worker-1}"; labels in the order of their names. */
function titleOf({ name, labels = {} }: ObservationLine): string {
  const pairs = Object.entries(labels).sort(([left], [right]) => (left < right ? -1 : 1))
  if (pairs.length === 0) return name
  return `${name} {${pairs.map(([key, value]) => `${key}=${value}`).join(', ')}}`
}
