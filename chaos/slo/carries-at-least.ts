import type { Checker, CheckResult } from '../checkers/checker.ts'
import type { LoadTimeline } from '../system.ts'
import { beginLoadSteps, type LoadStep } from './load-steps.ts'

export interface KneeTerms {
  /** A step holds if this share of its planned orders was accepted within it… */
  readonly goodputMin: number
  /** …and 99 of 100 of them within this time of their intended start. */
  readonly responseMsP99Max: number
}

/**
 * The knee of a load in steps: the highest planned rate that held, with every lower one. undefined if not even the
 * first step held. Phases are taken in order of their rates; of equal ones, the worst counts.
 */
export function kneeOf(steps: readonly LoadStep[], terms: KneeTerms): LoadStep | undefined {
  const inOrder = steps.toSorted(
    (a, b) => a.plannedPerSecond - b.plannedPerSecond || Number(holds(a, terms)) - Number(holds(b, terms)),
  )
  const broken = inOrder.findIndex((step) => !holds(step, terms))
  return broken === -1 ? inOrder.at(-1) : inOrder[broken - 1]
}

function holds(step: LoadStep, { goodputMin, responseMsP99Max }: KneeTerms): boolean {
  const { goodput, responseMsP99 } = step
  return (
    goodput !== undefined &&
    goodput >= goodputMin &&
    responseMsP99 !== undefined &&
    responseMsP99 <= responseMsP99Max
  )
}

/** Climbs a load in steps until one does not hold, and promises that the knee is not lower than a rate. */
export function carriesAtLeast(timeline: LoadTimeline, perSecond: number, terms: KneeTerms): Checker {
  return {
    name: 'carries-at-least',
    promise: `carries at least ${perSecond} orders a second`,
    begin() {
      const steps = beginLoadSteps(timeline)
      return { see: (line) => steps.see(line), end: () => judge(steps.end(), perSecond, terms) }
    },
  }
}

function judge(steps: readonly LoadStep[], perSecond: number, terms: KneeTerms): CheckResult {
  const knee = kneeOf(steps, terms)
  const played = steps.filter((step) => step.goodput !== undefined && step.goodputPerSecond > 0).length
  const counts = {
    'planned per second at the knee': Math.round(knee?.plannedPerSecond ?? 0),
    'accepted per second at most': Math.round(
      Math.max(0, ...steps.map(({ goodputPerSecond }) => goodputPerSecond)),
    ),
  }
  if (played === 0) {
    return {
      verdict: 'unknown',
      examined: 0,
      counts,
      examples: [],
      reasons: ['no step of the load was played'],
    }
  }
  const kept = knee !== undefined && knee.plannedPerSecond >= perSecond
  const reason =
    `expected it to carry ${perSecond} orders a second, ` +
    (knee === undefined
      ? 'and not even the first step held'
      : `and it held up to ${knee.plannedPerSecond.toFixed(0)}`)
  return {
    verdict: kept ? 'pass' : 'fail',
    examined: played,
    counts,
    examples: [],
    reasons: kept ? [] : [reason],
  }
}
