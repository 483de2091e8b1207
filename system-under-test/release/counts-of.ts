import type { Counts } from './served.ts'

/** One line of a replica's `/metrics`. */
interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/** What an API replica says of the orders that it was asked to take, since it started. */
export function countsOf(samples: readonly Sample[]): Counts {
  const ofSubmit = (name: string) =>
    samples.filter((sample) => sample.name === name && sample.labels.route === 'submit')
  const requests = ofSubmit('http_requests_total')
  const errors = requests.filter(({ labels }) => labels.status === '429' || Number(labels.status) >= 500)
  return {
    requests: sumOf(requests),
    errors: sumOf(errors),
    within: ofSubmit('http_request_duration_seconds_bucket')
      .map(({ labels, value }) => ({ ms: boundMs(labels.le), count: value }))
      .toSorted((a, b) => a.ms - b.ms),
  }
}

function boundMs(le: string | undefined): number {
  return le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le) * 1_000
}

function sumOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { value }) => sum + value, 0)
}
