import type { Counts } from './served.ts'

/** One line of a replica's `/metrics`. */
interface Sample {
  readonly name: string
  readonly labels: Readonly<Record<string, string>>
  readonly value: number
}

/**
 * What a replica says of its orders since it started: an API of those that it was asked to take, a worker of those that it
 * got to carry out, of which the errors are those that it moved to the dead letters.
 */
export function countsOf(samples: readonly Sample[]): Counts {
  const isWorker = samples.some(({ name }) => name === 'orders_stored_total')
  return isWorker ? countsOfWorker(samples) : countsOfApi(samples)
}

function countsOfWorker(samples: readonly Sample[]): Counts {
  const of = (...names: string[]) => samples.filter(({ name }) => names.includes(name))
  const dead = of('orders_dead_lettered_total')
  return {
    requests: sumOf([...of('orders_stored_total', 'orders_done_before_total'), ...dead]),
    errors: sumOf(dead),
    within: withinOf(of('carry_out_duration_seconds_bucket')),
  }
}

function countsOfApi(samples: readonly Sample[]): Counts {
  const ofSubmit = (name: string) =>
    samples.filter((sample) => sample.name === name && sample.labels.route === 'submit')
  const requests = ofSubmit('http_requests_total')
  const errors = requests.filter(({ labels }) => labels.status === '429' || Number(labels.status) >= 500)
  return {
    requests: sumOf(requests),
    errors: sumOf(errors),
    within: withinOf(ofSubmit('http_request_duration_seconds_bucket')),
  }
}

function withinOf(buckets: readonly Sample[]): Counts['within'] {
  return buckets
    .map(({ labels, value }) => ({ ms: boundMs(labels.le), count: value }))
    .toSorted((a, b) => a.ms - b.ms)
}

function boundMs(le: string | undefined): number {
  return le === '+Inf' ? Number.POSITIVE_INFINITY : Number(le) * 1_000
}

function sumOf(samples: readonly Sample[]): number {
  return samples.reduce((sum, { value }) => sum + value, 0)
}
