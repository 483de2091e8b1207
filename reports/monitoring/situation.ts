interface InputSeries {
  readonly series: string
  /** As promtool writes them: `0+5x3` is 0 5 10 15, one a minute. */
  readonly values: string
}

export const requests = (status: string, values: string) => ({
  series: `http_requests_total{route="submit",status="${status}"}`,
  values,
})

export const allAlerts = [
  'ErrorBudgetBurn1h',
  'ErrorBudgetBurn6h',
  'ErrorBudgetBurn3d',
  'SlowP99',
  'SlowP50',
  'Shedding',
  'BacklogOld',
  'DeadLetters',
  'BreakerOpen',
  'StoreAway',
  'NoWorker',
] as const
type AlertName = (typeof allAlerts)[number]

/** A situation with the alerts that are to fire in it, with their labels; every other alert must be silent. */
export interface Situation {
  readonly name: string
  readonly series: readonly InputSeries[]
  readonly at: string
  readonly fires: Readonly<Partial<Record<AlertName, Readonly<Record<string, string>>>>>
}

export const within = (le: string, values: string) => ({
  series: `http_request_duration_seconds_bucket{route="submit",le="${le}"}`,
  values,
})
export const timed = (values: string) => ({
  series: 'http_request_duration_seconds_count{route="submit"}',
  values,
})
/** Of 1,000 orders a minute for two hours, so many with another answer than 202. */
export const answeredBadly = (status: string, share: number) => [
  worker,
  requests('202', `0+${1_000 * (1 - share)}x120`),
  requests(status, `0+${1_000 * share}x120`),
]
export const refused = (cause: string, values: string) => ({
  series: `orders_refused_total{cause="${cause}"}`,
  values,
})
/** Of 1,000 orders a minute for two hours, so many refused with 429 for one cause. */
export const turnedAway = (cause: string, share: number) => [
  ...answeredBadly('429', share),
  refused(cause, `0+${1_000 * share}x120`),
]
/** Of 1,000 answers a minute, shares that came within 250 ms and within 10 s. */
export const answeredWithin = (quick: number, atAll: number) => [
  worker,
  within('0.25', `0+${1_000 * quick}x30`),
  within('10', `0+${1_000 * atAll}x30`),
  timed('0+1000x30'),
]

/** A worker is there, and reaches the store. */
export const worker = { series: 'store_away{replica="worker-1"}', values: '0x240' }

export const burning = { severity: 'page' }
export const slowly = { severity: 'ticket' }
