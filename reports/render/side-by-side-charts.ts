import { formatDuration } from '../../chaos/kernel/duration.ts'
import type { RunData, Series } from '../aggregate/run-data.ts'
import type { RunRecord } from '../run-record.ts'
import { formatCount, formatLatency } from './format.ts'
import { html, type Markup } from './markup.ts'

interface Side {
  readonly record: RunRecord
  readonly data?: RunData | undefined
}

/** One measure of two runs, on one scale of values and of time since the begin of their loads. */
interface Measure {
  readonly title: string
  readonly scale: 'linear' | 'log'
  readonly format: (value: number) => string
  readonly of: (data: RunData) => Series
}

const perSecond = (value: number) => `${formatCount(Math.round(value))}/s`

const measures: readonly Measure[] = [
  {
    title: 'Accepted orders',
    scale: 'linear',
    format: perSecond,
    of: ({ rates, binMs }) => rates.ok.map((count) => (count * 1_000) / binMs),
  },
  {
    title: 'Answers that were no promise: shed, refused, or nobody knows',
    scale: 'linear',
    format: perSecond,
    of: ({ rates, binMs }) =>
      rates.shed.map(
        (shed, bin) => ((shed + (rates.refused[bin] ?? 0) + (rates.unsure[bin] ?? 0)) * 1_000) / binMs,
      ),
  },
  {
    title: 'Response time from the intended start, 99 % within',
    scale: 'log',
    format: formatLatency,
    of: ({ responseMs }) => responseMs.p99,
  },
]

const names = ['one', 'other'] as const

/** A drawing for each measure, without a script: two lines, and below them when whose faults were in. */
export function sideBySideCharts(left: Side, right: Side): Markup | undefined {
  const sides = [left, right]
  if (sides.some(({ data }) => data === undefined || data.bins === 0)) return undefined
  const untilMs = Math.max(...sides.map(({ record }) => record.load.durationMs))
  return html`<p class="key">${sides.map(({ record }, index) => html`<span class="key-item"><svg class="line-key" viewBox="0 0 30 8" aria-hidden="true"><line class="line-${names[index]}" x1="0" x2="30" y1="4" y2="4"/></svg> ${record.system}</span>`)}<span class="key-item">bars: its faults</span></p>
<div class="two">${measures.map((measure) => chart(measure, sides, untilMs))}</div>`
}

const size = { width: 600, height: 160, faults: 10 } as const

function chart(measure: Measure, sides: readonly Side[], untilMs: number): Markup {
  const lines = sides.map((side) => pointsOf(side, measure, untilMs))
  const values = lines.flat().map(([, value]) => value)
  const top = Math.max(1, ...values)
  const y = heightOf(measure.scale, top)
  const x = (ms: number) => (size.width * ms) / untilMs
  const paths = lines.map(
    (points, index) => html`<path class="line-${names[index]}" d="${pathOf(points, x, y)}"/>`,
  )
  const bars = sides.map((side, index) => faultBars(side, index, x, untilMs))
  const peaks = sides.map(({ record }, index) => {
    const peak = Math.max(0, ...(lines[index] ?? []).map(([, value]) => value))
    return `${record.system}: ${measure.format(peak)} at most`
  })
  return html`<figure class="small-chart"><figcaption>${measure.title} <small>up to ${measure.format(top)}${measure.scale === 'log' && ', logarithmic'}, over ${formatDuration(untilMs)}</small></figcaption>
<svg viewBox="0 0 ${size.width} ${size.height + 2 * size.faults + 6}" preserveAspectRatio="none" role="img" aria-label="${measure.title}, over ${formatDuration(untilMs)}. ${peaks.join('; ')}"><line class="axis" x1="0" x2="${size.width}" y1="${size.height}" y2="${size.height}"/>${paths}${bars}</svg></figure>`
}

type Point = readonly [ms: number, value: number]

/** Points of the load alone: what was before and after it is nobody's promise. A gap is left out, and drawn as one. */
function pointsOf({ record, data }: Side, { of }: Measure, untilMs: number): Point[] {
  if (data === undefined) return []
  const startedMs = record.load.startedMs ?? 0
  return of(data).flatMap((value, bin): Point[] => {
    const ms = bin * data.binMs - startedMs
    return ms < 0 || ms > untilMs || value === null ? [] : [[ms, value]]
  })
}

function heightOf(scale: Measure['scale'], top: number): (value: number) => number {
  const share = (value: number) =>
    scale === 'linear' ? value / top : Math.log10(Math.max(1, value)) / Math.log10(Math.max(10, top))
  return (value) => size.height - (size.height - 4) * Math.min(1, share(value))
}

// A second without an answer is a gap and no slope; bins are a second, and twice that in long runs.
const gapMs = 4_500

function pathOf(points: readonly Point[], x: (ms: number) => number, y: (value: number) => number): string {
  return points
    .map(([ms, value], index) => {
      const before = points[index - 1]
      const isJoined = before !== undefined && ms - before[0] <= gapMs
      return `${isJoined ? 'L' : 'M'}${x(ms).toFixed(1)} ${y(value).toFixed(1)}`
    })
    .join('')
}

function faultBars({ record, data }: Side, row: number, x: (ms: number) => number, untilMs: number) {
  const startedMs = record.load.startedMs ?? 0
  const y = size.height + 3 + row * (size.faults + 2)
  return (data?.faults ?? []).map(({ injectedMs, healedMs }) => {
    if (injectedMs === undefined) return undefined
    const from = Math.max(0, injectedMs - startedMs)
    const to = Math.min(untilMs, (healedMs ?? Number.POSITIVE_INFINITY) - startedMs)
    if (to <= from) return undefined
    return html`<rect class="bar-${names[row]}" x="${x(from).toFixed(1)}" y="${y}" width="${(x(to) - x(from)).toFixed(1)}" height="${size.faults}"/>`
  })
}
