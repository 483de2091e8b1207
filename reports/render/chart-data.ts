import type { ObservationSeries, Series } from '../aggregate/run-data.ts'
import type { Chart, ChartData, ChartLine } from './chart.ts'
import type { PageInput } from './page-input.ts'

const palette = ['ok', 'asked', 'shed', 'unsure', 'refused', 'dropped']
const dashes: readonly (readonly number[])[] = [[], [6, 3], [2, 3], [10, 3, 2, 3]]

/** Charts in the order in which a reader asks: the load, its price in time, then what was going on inside. */
export function chartData({ record, data }: PageInput): ChartData | null {
  if (data === undefined || data.bins === 0) return null
  const seconds = data.binMs / 1_000
  const rate = (counts: readonly number[]): Series => counts.map((count) => tidy(count / seconds))
  const line = (name: string, color: string, values: Series, dash: readonly number[] = []) => ({
    name,
    color,
    dash,
    values,
  })
  const asked = askedSeries(record.load, data.binMs, data.bins)
  const { rates, responseMs } = data
  const isSeen = ({ values }: ChartLine) => values.some((value) => value !== null && value !== 0)
  const charts: Chart[] = [
    {
      title: 'Arrivals and answers',
      unit: '/s',
      scale: 'linear',
      spanGaps: false,
      lines: [
        ...(asked === undefined ? [] : [line('asked for', 'asked', asked, [4, 4])]),
        line('delivered', 'delivered', rate(rates.delivered)),
        line('accepted (goodput)', 'ok', rate(rates.ok)),
        ...[
          line('shed', 'shed', rate(rates.shed), [6, 3]),
          line('refused', 'refused', rate(rates.refused), [2, 3]),
          line('unsure', 'unsure', rate(rates.unsure)),
          line('dropped', 'dropped', rate(rates.dropped), [2, 2]),
        ].filter(isSeen),
      ],
    },
    {
      title: 'Response time, from the intended start',
      unit: 'ms',
      scale: 'log',
      spanGaps: false,
      lines: [
        line('p50', 'ok', responseMs.p50.map(tidyOrNull)),
        line('p95', 'shed', responseMs.p95.map(tidyOrNull), [6, 3]),
        line('p99', 'unsure', responseMs.p99.map(tidyOrNull), [2, 2]),
      ],
    },
    ...observationCharts(data.observations),
  ]
  const { bins, faults, phases } = data
  return { binSeconds: seconds, bins, firstBin: firstBin(charts), charts, faults, phases }
}

/** Where anything is to be seen first: before it everything was being started. */
function firstBin(charts: readonly Chart[]): number {
  const isSeen = (value: number | null) => value !== null && value !== 0
  const firsts = charts
    .flatMap(({ lines }) => lines.map(({ values }) => values.findIndex(isSeen)))
    .filter((bin) => bin >= 0)
  return firsts.length === 0 ? 0 : Math.max(0, Math.min(...firsts) - 1)
}

/** Readings of one name share a chart: "memory {container=api-1}" and "memory {container=worker-1}". */
function observationCharts(observations: readonly ObservationSeries[]): Chart[] {
  const byName = Map.groupBy(observations, ({ name }) => name.split(' {')[0] as string)
  return [...byName].map(([title, list]) => ({
    title: titleOf(title),
    unit: '',
    scale: 'linear',
    spanGaps: true,
    lines: list.map(({ name, values }, index) => ({
      name: labelOf(name.slice(title.length)) || titleOf(title).toLowerCase(),
      color: palette[index % palette.length] as string,
      dash: dashes[Math.floor(index / palette.length) % dashes.length] as readonly number[],
      values: values.map(tidyOrNull),
    })),
  }))
}

/** "queue-depth" as people write it: "Queue depth". */
function titleOf(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1).replaceAll('-', ' ')
}

/** " {container=api-1, link=store}" as "api-1 store". */
function labelOf(labels: string): string {
  return labels
    .replaceAll(/^ \{|\}$/g, '')
    .split(', ')
    .map((pair) => pair.slice(pair.indexOf('=') + 1))
    .join(' ')
}

/** The plan in bins of the run: a planned second counts where it lies, by its share of each bin. */
function askedSeries(load: PageInput['record']['load'], binMs: number, bins: number): Series | undefined {
  if (load.plannedPerSecond === undefined || load.startedMs === undefined) return undefined
  const sums = new Array<number>(bins).fill(0)
  for (const [second, planned] of load.plannedPerSecond.entries()) {
    // Tenths of a second are finer than a pixel of the chart.
    for (let tenth = 0; tenth < 10; tenth += 1) {
      const bin = Math.floor((load.startedMs + second * 1_000 + tenth * 100) / binMs)
      if (bin < bins) sums[bin] = (sums[bin] ?? 0) + planned / 10
    }
  }
  return sums.map((sum) => tidy(sum / (binMs / 1_000)))
}

/** Four digits: finer than any pixel, and a third of the bytes. */
function tidy(value: number): number {
  return Number(value.toPrecision(4))
}

function tidyOrNull(value: number | null): number | null {
  return value === null ? null : tidy(value)
}
