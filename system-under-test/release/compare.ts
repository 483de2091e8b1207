/** What a replica answered in some time. */
export interface Served {
  readonly requests: number
  /** Not served for the service's sake: 429 and 5xx. */
  readonly errors: number
  /** Undefined where nothing was answered. */
  readonly p99Ms: number | undefined
}

export interface CompareTerms {
  /** Below so many requests a canary tells nothing: neither that it is good nor that it is bad. */
  readonly requestsMin: number
  /** The canary's share of errors may be so much higher than that of the others, 0 to 1. */
  readonly errorShareSlack: number
  /** Its p99 may be so many times as long as theirs… */
  readonly p99Factor: number
  /** …and anything below this is quick enough. */
  readonly p99MsAlwaysGood: number
}

export const usualTerms: CompareTerms = {
  // 200: of a service that errs in one of a hundred, 2 are expected, and 8 more would be seen as bad by the slack below.
  requestsMin: 200,
  // 4 points: under a spike both shed, and two replicas differ by as much when nothing is wrong.
  errorShareSlack: 0.04,
  // Twice: a process that is a few seconds old still compiles what it runs.
  p99Factor: 2,
  // 500 ms: what the API itself aims at.
  p99MsAlwaysGood: 500,
}

export type Comparison =
  | { readonly kind: 'good' }
  | { readonly kind: 'too few' }
  | { readonly kind: 'bad'; readonly reason: string }

/**
 * Is the new version worse than the old one at the same time, under the same load? Compared with its neighbours, not with
 * a limit: what hits both is not the release's fault.
 */
export function compareCanary(canary: Served, stable: Served, terms: CompareTerms): Comparison {
  if (canary.requests < terms.requestsMin || stable.requests === 0) return { kind: 'too few' }
  const [bad, usual] = [shareOf(canary), shareOf(stable)]
  if (bad > usual + terms.errorShareSlack) {
    return {
      kind: 'bad',
      reason: `${percent(bad)} of its answers are errors, ${percent(usual)} of the others'`,
    }
  }
  const [slow, quick] = [canary.p99Ms ?? 0, stable.p99Ms ?? 0]
  if (slow > Math.max(quick * terms.p99Factor, terms.p99MsAlwaysGood)) {
    return {
      kind: 'bad',
      reason: `its p99 is ${slow.toFixed(0)} ms, that of the others ${quick.toFixed(0)} ms`,
    }
  }
  return { kind: 'good' }
}

function shareOf({ errors, requests }: Served): number {
  return errors / requests
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
