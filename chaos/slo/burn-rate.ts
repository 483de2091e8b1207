import { formatDuration } from '../kernel/duration.ts'
import { arrivalsIn, type Evidence, type Measured } from './evidence.ts'
import { availability } from './indicators.ts'
import type { Interval } from './intervals.ts'

/** The short window is a twelfth of the long one (SRE workbook, chapter 5): it says that the burning goes on. */
const shortShare = 12

/**
 * The worst burn over both windows: at each moment the smaller one of the long window's and the short one's, since an
 * alert fires only while both exceed; then the largest over all moments. Burn = error rate / (1 - SLO).
 *
 * On a test of period P, the share c of the budget is used up in a window W at the burn c·P/W: that is the limit B.
 */
export function burnRate(
  evidence: Evidence,
  window: Interval,
  except: readonly Interval[],
  indicator: { readonly slo: number; readonly windowMs: number },
): Measured {
  const { slo, windowMs } = indicator
  const stepMs = windowMs / shortShare
  let worst: { value: number; window: Interval } | undefined
  for (let toMs = window.fromMs + windowMs; toMs <= window.toMs + 1e-6; toMs += stepMs) {
    const long = burn(evidence, { label: 'burn', fromMs: toMs - windowMs, toMs }, except, slo)
    const short = burn(evidence, { label: 'burn', fromMs: toMs - stepMs, toMs }, except, slo)
    if (long === undefined || short === undefined) continue
    const value = Math.min(long, short)
    if (worst === undefined || value > worst.value) {
      worst = { value, window: { label: window.label, fromMs: toMs - windowMs, toMs } }
    }
  }
  return {
    window: worst?.window ?? window,
    value: worst?.value,
    samples: arrivalsIn(evidence, window, except).length,
  }
}

/** The figures behind a limit, so that nobody has to look them up: P, W, c, B. */
export function burnTerms(periodMs: number, windowMs: number, limit: number): string {
  const share = (limit * windowMs) / periodMs
  return (
    `P = ${formatDuration(periodMs)}, W = ${formatDuration(windowMs)} and ${formatDuration(windowMs / shortShare)}, ` +
    `c = ${(share * 100).toFixed(0)} % of the budget, B = ${limit.toFixed(2)}`
  )
}

function burn(
  evidence: Evidence,
  window: Interval,
  except: readonly Interval[],
  slo: number,
): number | undefined {
  const { value } = availability(evidence, window, except)
  return value === undefined ? undefined : (1 - value) / (1 - slo)
}
