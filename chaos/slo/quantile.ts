/**
 * The exact quantile by the nearest rank: the smallest sample such that at least the share `quantile` of all is not
 * above it. `infinite` samples are above every number: arrivals that never got an answer. Undefined for no sample.
 */
export function exactQuantile(sorted: Float64Array, quantile: number, infinite = 0): number | undefined {
  const count = sorted.length + infinite
  if (count === 0) return undefined
  // 0.07 * 100 is 7.000000000000001: without the small step back, its rank would be 8.
  const rank = Math.max(1, Math.ceil(quantile * count - 1e-9))
  return rank > sorted.length ? Number.POSITIVE_INFINITY : sorted[rank - 1]
}
