import { formatDuration } from '../../chaos/kernel/duration.ts'

/** 34,500: grouped alike on every machine. */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US', { maximumFractionDigits: 1 })
}

/** A response time: 0.42 ms, 4.2 ms, 420 ms, 4.2 s. */
export function formatLatency(ms: number | undefined): string {
  if (ms === undefined) return '–'
  if (ms < 10) return `${Number(ms.toPrecision(2))} ms`
  return formatDuration(ms)
}

/** A share of a whole: 99.81 %; "–" of nothing. */
export function formatShare(part: number, whole: number): string {
  return whole === 0 ? '–' : formatRatio(part / whole)
}

/** Never rounded to 100 % or 0 % unless it is exactly that. */
export function formatRatio(ratio: number): string {
  const percent = ratio * 100
  const rounded = percent.toFixed(2)
  if (rounded === '100.00' && percent < 100) return '> 99.99 %'
  if (rounded === '0.00' && percent > 0) return '< 0.01 %'
  return `${rounded.replace(/\.?0+$/, '')} %`
}

/** A moment of the run: "34.4 s". */
export function formatMoment(ms: number | undefined): string {
  return ms === undefined ? '–' : `${(ms / 1_000).toFixed(1)} s`
}

/** A value of an objective in its unit. */
export function formatMeasure(value: number, unit: 'ratio' | 'ms' | 'factor' | 'count'): string {
  if (unit === 'ratio') return formatRatio(value)
  if (unit === 'count') return formatCount(value)
  return unit === 'ms' ? formatLatency(value) : `${Number(value.toFixed(2))} ×`
}
