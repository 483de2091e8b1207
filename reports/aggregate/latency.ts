/**
 * Logarithmic buckets: bucket i > 0 holds times from `leastMs × growth^(i-1)` up to the next; bucket 0 all below.
 * A value read back is the geometric middle of its bucket, so it is at most 1 % off. Counters of equal
 * buckets may be added: this is how shards, bins and phases are merged.
 */
const leastMs = 0.1
const growth = 1.02
// 0.1 ms × 1.02^900 is over 90 minutes: longer than any deadline of a client.
export const latencyBuckets = 900

const logGrowth = Math.log(growth)

export function bucketOf(ms: number): number {
  if (!(ms > leastMs)) return 0
  return Math.min(latencyBuckets - 1, 1 + Math.floor(Math.log(ms / leastMs) / logGrowth))
}

export function bucketMiddleMs(bucket: number): number {
  return bucket === 0 ? leastMs : leastMs * growth ** (bucket - 0.5)
}

/**
 * The quantile of the counters from `from` to `from + latencyBuckets`: the smallest value that at least the share
 * `quantile` of all does not exceed (nearest rank). undefined where nothing was counted.
 */
export function quantileMs(counters: Uint32Array, quantile: number, from = 0): number | undefined {
  let total = 0
  for (let at = from; at < from + latencyBuckets; at += 1) total += counters[at] ?? 0
  if (total === 0) return undefined
  const rank = Math.max(1, Math.ceil(quantile * total - 1e-9))
  let seen = 0
  for (let bucket = 0; bucket < latencyBuckets; bucket += 1) {
    seen += counters[from + bucket] ?? 0
    if (seen >= rank) return bucketMiddleMs(bucket)
  }
  return undefined
}
