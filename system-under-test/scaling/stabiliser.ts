export interface StabiliserOptions {
  /** Fewer replicas only if none of the recommendations of this long asked for more. */
  readonly downWindowMs: number
  /** In each period the number may double, or grow by this, whichever is more. */
  readonly upStep: number
  /** In each period the number may shrink by this. */
  readonly downStep: number
  readonly periodMs: number
}

export interface Stabiliser {
  /** What to do now about a recommendation. */
  settle(nowMs: number, current: number, recommended: number): number
}

interface Past {
  readonly atMs: number
  readonly count: number
}

/**
 * Up at once, down slowly: a lull between two waves must not send home those whom the next wave needs.
 * Source: Kubernetes, `behavior`: `stabilizationWindowSeconds` (the highest recommendation of the window counts
 * downwards), and policies of so many pods or so many percent in a period.
 */
export function createStabiliser(options: StabiliserOptions): Stabiliser {
  const { downWindowMs, upStep, downStep, periodMs } = options
  let recommendations: Past[] = []
  /** The numbers that were set: changes are counted from the one at the period's beginning. */
  let settled: Past[] = []

  function since(past: readonly Past[], fromMs: number): Past[] {
    return past.filter(({ atMs }) => atMs > fromMs)
  }

  return {
    settle(nowMs, current, recommended) {
      recommendations = [...since(recommendations, nowMs - downWindowMs), { atMs: nowMs, count: recommended }]
      settled = since(settled, nowMs - periodMs)
      const counts = [...settled.map(({ count }) => count), current]
      const lowest = Math.min(...counts)
      const highest = Math.max(...counts)
      const highestAsked = Math.max(...recommendations.map(({ count }) => count))
      const next =
        recommended > current
          ? Math.min(recommended, Math.max(lowest * 2, lowest + upStep))
          : Math.max(Math.min(current, highestAsked), highest - downStep)
      const bounded = recommended > current ? Math.max(current, next) : Math.min(current, next)
      settled.push({ atMs: nowMs, count: current })
      return bounded
    },
  }
}
