/** 32 bits of any text (FNV-1a), the start of every draw of a run. */
export function seedOf(text: string): number {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  return hash >>> 0
}

/**
 * 32 bits that depend on the seed, the arrival's number and the purpose, and on nothing else: every virtual user can
 * draw what any arrival did without having seen it. The finaliser is MurmurHash3's, applied after each part.
 */
export function drawBits(seed: number, n: number, purpose: number): number {
  return mix(mix(seed ^ Math.imul(n + 1, 0x9e3779b1)) ^ Math.imul(purpose + 1, 0x85ebca77)) >>> 0
}

/** A fraction, 0 ≤ x < 1. */
export function draw(seed: number, n: number, purpose: number): number {
  return drawBits(seed, n, purpose) / 2 ** 32
}

function mix(bits: number): number {
  let mixed = bits
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b)
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35)
  return mixed ^ (mixed >>> 16)
}

/** What draws are for; each purpose has a stream of its own. */
export const purposes = {
  kind: 0,
  lag: 1,
  customer: 2,
  items: 3,
  size: 4,
  defect: 5,
  jitter: 6,
  trace: 40,
  client: 41,
  clientNumber: 42,
} as const
