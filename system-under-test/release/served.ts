import type { Served } from './compare.ts'

/** What a replica has counted since it started. */
export interface Counts {
  readonly requests: number
  readonly errors: number
  /** How many were answered within each bound, in ms and rising; the last bound is Infinity. */
  readonly within: readonly { readonly ms: number; readonly count: number }[]
}

const nothing: Counts = { requests: 0, errors: 0, within: [] }

/** What was answered between two looks at one replica; one that has started anew in between counts from zero. */
export function servedBetween(before: Counts = nothing, after: Counts = nothing): Counts {
  const from = after.requests < before.requests ? nothing : before
  return {
    requests: after.requests - from.requests,
    errors: after.errors - from.errors,
    within: after.within.map(({ ms, count }, at) => ({ ms, count: count - (from.within[at]?.count ?? 0) })),
  }
}

/** Several replicas as one. Histograms are added up, never their quantiles. */
export function servedTogether(all: readonly Counts[]): Served {
  const longest = all.find(({ within }) => within.length > 0)?.within ?? []
  const within = longest.map(({ ms }, at) => ({
    ms,
    count: all.reduce((sum, counts) => sum + (counts.within[at]?.count ?? 0), 0),
  }))
  return {
    requests: all.reduce((sum, { requests }) => sum + requests, 0),
    errors: all.reduce((sum, { errors }) => sum + errors, 0),
    p99Ms: quantileOf(within, 0.99),
  }
}

/** The bound below which the share lies: an upper estimate, as exact as the histogram. */
function quantileOf(within: Counts['within'], share: number): number | undefined {
  const total = within.at(-1)?.count ?? 0
  if (total === 0) return undefined
  return within.find(({ count }) => count >= total * share)?.ms
}
