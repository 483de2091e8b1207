import type { HistoryLine } from '../history/line.ts'
import type { Selector } from './alert.ts'

interface Sample {
  readonly timeMs: number
  readonly value: number
  /** How much it grew since its first sample; a counter that fell began anew at zero. */
  readonly grownBy: number
}

/** One series: what was read of one name with one set of labels, in order. */
export interface SampleSeries {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly samples: readonly Sample[]
}

/**
 * The samples of a run as a scraper has them: all observations of one moment are one look, and a series that a look
 * does not have is not there at that moment.
 */
export class AlertSamples {
  readonly #series = new Map<string, SampleSeries & { readonly samples: Sample[] }>()
  readonly #looks: number[] = []

  /** Lines in the order of their times; what is no observation is passed over. */
  see(line: HistoryLine): void {
    if (line.kind !== 'observation') return
    const { name, labels = {}, timeMs, value } = line
    if (this.#looks.at(-1) !== timeMs) this.#looks.push(timeMs)
    const key = JSON.stringify([name, Object.entries(labels).sort()])
    const known = this.#series.get(key) ?? { name, labels, samples: [] }
    this.#series.set(key, known)
    known.samples.push({ timeMs, value, grownBy: grownBy(known.samples.at(-1), value) })
  }

  /** The times of all looks, ms since the run began. */
  get looks(): readonly number[] {
    return this.#looks
  }

  select({ metric, seenAs = metric, labels = {} }: Selector): readonly SampleSeries[] {
    const patterns = Object.entries(labels).map(([label, pattern]) => {
      const isWanted = 'matches' in pattern
      const whole = new RegExp(`^(?:${isWanted ? pattern.matches : pattern.matchesNot})$`)
      return (own: SampleSeries['labels']) => whole.test(own[label] ?? '') === isWanted
    })
    return [...this.#series.values()].filter(
      (series) => series.name === seenAs && patterns.every((fits) => fits(series.labels)),
    )
  }
}

function grownBy(before: Sample | undefined, value: number): number {
  if (before === undefined) return 0
  return before.grownBy + (value >= before.value ? value - before.value : value)
}

/** Its value at a look; undefined where it was not there. */
export function valueAt({ samples }: SampleSeries, lookMs: number): number | undefined {
  const found = samples[indexAfter(samples, lookMs) - 1]
  return found?.timeMs === lookMs ? found.value : undefined
}

/** How much a counter grew over a window that ends at a look; undefined with fewer than two samples in it. */
export function growth({ samples }: SampleSeries, lookMs: number, windowMs: number): number | undefined {
  const last = samples[indexAfter(samples, lookMs) - 1]
  // Half a microsecond: a sample at the very begin of the window is in it, whatever the sum's last digit is.
  const first = samples[indexAfter(samples, lookMs - windowMs - 0.0005)]
  if (last === undefined || first === undefined || last.timeMs <= first.timeMs) return undefined
  return last.grownBy - first.grownBy
}

/** The index of the first sample after a time. */
function indexAfter(samples: readonly Sample[], timeMs: number): number {
  let low = 0
  let high = samples.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((samples[middle] as Sample).timeMs <= timeMs) low = middle + 1
    else high = middle
  }
  return low
}
