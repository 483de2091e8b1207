import type { ClientMix, JourneyMix } from './load-profile.ts'

/** What the client does unless told otherwise: mostly plain orders, and some of everything that clients do. */
export const usualMix: JourneyMix = {
  repeatShare: 0.04,
  poisonShare: 0.005,
  invalidShare: 0.01,
  // Each is about 300 kB: at 1,000 arrivals a second one in 500 is 0.6 MB/s, as much as all the small ones together.
  largeShare: 0.002,
  conflictShare: 0.005,
  readShare: 0.05,
  attemptsMax: 4,
  // Longer than any latency that a fault adds on purpose; a client that hangs costs one virtual user this long.
  timeoutMs: 5_000,
}

/** How long a client goes on asking: two whole timeouts and the pauses between them; a third attempt fits in where answers come quickly. */
export function patienceMsOf(mix: JourneyMix): number {
  return 3 * mix.timeoutMs
}

const shares = [
  'repeatShare',
  'poisonShare',
  'invalidShare',
  'largeShare',
  'conflictShare',
  'readShare',
] as const

/** What is impossible about a mix, each problem in words. */
export function mixProblems(mix: JourneyMix): readonly string[] {
  const problems = shares
    .filter((name) => !(mix[name] >= 0 && mix[name] <= 1))
    .map((name) => `${name} must be from 0 to 1, got ${mix[name]}`)
  const sum = shares.reduce((total, name) => total + mix[name], 0)
  if (sum > 1) problems.push(`all shares together must be at most 1, got ${sum.toFixed(3)}`)
  if (!Number.isInteger(mix.attemptsMax) || mix.attemptsMax < 1 || mix.attemptsMax > 50) {
    problems.push(`attemptsMax must be a whole number from 1 to 50, got ${mix.attemptsMax}`)
  }
  if (!(mix.timeoutMs >= 1 && mix.timeoutMs <= 600_000)) {
    problems.push(`timeoutMs must be from 1 to 600000, got ${mix.timeoutMs}`)
  }
  if (mix.clients !== undefined) problems.push(...clientProblems(mix.clients))
  return problems
}

function clientProblems({ noisyShare, quietCount }: ClientMix): readonly string[] {
  return [
    ...(noisyShare > 0 && noisyShare < 1 ? [] : [`noisyShare must be between 0 and 1, got ${noisyShare}`]),
    ...(Number.isInteger(quietCount) && quietCount >= 1
      ? []
      : [`quietCount must be a whole number from 1, got ${quietCount}`]),
  ]
}
