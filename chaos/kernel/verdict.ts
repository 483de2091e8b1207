export const verdicts = ['pass', 'fail', 'unknown'] as const

/** What a promise came to: kept, broken, or "we cannot say", which is red like broken. */
export type Verdict = (typeof verdicts)[number]

const rank: Record<Verdict, number> = { pass: 0, unknown: 1, fail: 2 }

/** The worst verdict wins: fail, then unknown, then pass. Merging nothing is unknown, not pass. */
export function worstVerdict(all: readonly Verdict[]): Verdict {
  if (all.length === 0) return 'unknown'
  return all.reduce((worst, next) => (rank[next] > rank[worst] ? next : worst))
}
