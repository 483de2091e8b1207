import type { Checker, CheckResult } from '../checkers/checker.ts'
import type { LoadTimeline } from '../system.ts'
import { beginLoadSteps, type LoadStep } from './load-steps.ts'

export interface OverloadTerms {
  /** Of the most that any step accepted, each overloaded step accepts this share at least. */
  readonly goodputMin: number
  /** Some step must have asked for so many times the most that was accepted; else nothing was shown. */
  readonly timesMin: number
}

/**
 * A load that asks for more than can be carried gets as much as one that asks for just enough: what is turned away takes
 * nothing from what is let in. The most that was accepted over a step is the measure, so that it needs no knee to be known.
 */
export function keepsGoodput(timeline: LoadTimeline, terms: OverloadTerms): Checker {
  return {
    name: 'keeps-goodput',
    promise: `accepts ${percent(terms.goodputMin)} of what it can, also when ${terms.timesMin} times as much is asked`,
    begin() {
      const steps = beginLoadSteps(timeline)
      return { see: (line) => steps.see(line), end: () => judge(steps.end(), terms) }
    },
  }
}

const percent = (share: number) => `${Math.round(100 * share)} %`

function judge(steps: readonly LoadStep[], { goodputMin, timesMin }: OverloadTerms): CheckResult {
  const peak = Math.max(0, ...steps.map(({ goodputPerSecond }) => goodputPerSecond))
  const overloaded = steps.filter(({ plannedPerSecond }) => plannedPerSecond > peak)
  const asked = Math.max(0, ...steps.map(({ plannedPerSecond }) => plannedPerSecond))
  const worst = Math.min(peak, ...overloaded.map(({ goodputPerSecond }) => goodputPerSecond))
  const counts = {
    'accepted per second at most': Math.round(peak),
    'accepted per second under overload, at least': Math.round(worst),
    'asked per second at most': Math.round(asked),
  }
  const result = { examined: overloaded.length, counts, examples: [] }
  const broken = overloaded.filter(({ goodputPerSecond }) => goodputPerSecond < goodputMin * peak)
  if (broken.length > 0) {
    return { ...result, verdict: 'fail', reasons: broken.map((step) => shortfall(step, peak, goodputMin)) }
  }
  if (peak === 0 || asked < timesMin * peak) {
    const reasons = [
      `expected ${timesMin} times ${peak.toFixed(0)} a second to be asked for, got ${asked.toFixed(0)}`,
    ]
    return { ...result, verdict: 'unknown', reasons }
  }
  return { ...result, verdict: 'pass', reasons: [] }
}

function shortfall(
  { phase, plannedPerSecond, goodputPerSecond }: LoadStep,
  peak: number,
  min: number,
): string {
  return (
    `expected ${(min * peak).toFixed(0)} accepted orders a second in ${phase}, where ${plannedPerSecond.toFixed(0)} were ` +
    `asked for, and got ${goodputPerSecond.toFixed(0)}; the most was ${peak.toFixed(0)}`
  )
}
