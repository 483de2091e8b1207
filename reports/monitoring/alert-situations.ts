interface InputSeries {
  readonly series: string
  /** As promtool writes them: `0+5x3` is 0 5 10 15, one a minute. */
  readonly values: string
}

const requests = (status: string, values: string) => ({
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

const within = (le: string, values: string) => ({
  series: `http_request_duration_seconds_bucket{route="submit",le="${le}"}`,
  values,
})
const timed = (values: string) => ({
  series: 'http_request_duration_seconds_count{route="submit"}',
  values,
})
/** Of 1,000 orders a minute for two hours, so many with another answer than 202. */
const answeredBadly = (status: string, share: number) => [
  worker,
  requests('202', `0+${1_000 * (1 - share)}x120`),
  requests(status, `0+${1_000 * share}x120`),
]
const refused = (cause: string, values: string) => ({
  series: `orders_refused_total{cause="${cause}"}`,
  values,
})
/** Of 1,000 orders a minute for two hours, so many refused with 429 for one cause. */
const turnedAway = (cause: string, share: number) => [
  ...answeredBadly('429', share),
  refused(cause, `0+${1_000 * share}x120`),
]
/** Of 1,000 answers a minute, shares that came within 250 ms and within 10 s. */
const answeredWithin = (quick: number, atAll: number) => [
  worker,
  within('0.25', `0+${1_000 * quick}x30`),
  within('10', `0+${1_000 * atAll}x30`),
  timed('0+1000x30'),
]

/** A worker is there, and reaches the store. */
const worker = { series: 'store_away{replica="worker-1"}', values: '0x240' }

const burning = { severity: 'page' }
const slowly = { severity: 'ticket' }

/** What each limit means is seen on both of its sides, near enough that none can be half as much again. */
const nearTheLimits: readonly Situation[] = [
  {
    name: '30 % fail',
    series: answeredBadly('500', 0.3),
    at: '110m',
    fires: { ErrorBudgetBurn1h: burning, ErrorBudgetBurn6h: burning, ErrorBudgetBurn3d: slowly },
  },
  {
    name: '25 % fail',
    series: answeredBadly('500', 0.25),
    at: '110m',
    fires: { ErrorBudgetBurn6h: burning, ErrorBudgetBurn3d: slowly },
  },
  {
    name: '13 % fail',
    series: answeredBadly('500', 0.13),
    at: '110m',
    fires: { ErrorBudgetBurn6h: burning, ErrorBudgetBurn3d: slowly },
  },
  { name: '10 % fail', series: answeredBadly('500', 0.1), at: '110m', fires: { ErrorBudgetBurn3d: slowly } },
  {
    name: '2.5 % fail',
    series: answeredBadly('500', 0.025),
    at: '110m',
    fires: { ErrorBudgetBurn3d: slowly },
  },
  { name: '1.6 % fail', series: answeredBadly('500', 0.016), at: '110m', fires: {} },
  {
    name: '16 % are turned away',
    series: turnedAway('overloaded', 0.16),
    at: '30m',
    fires: { Shedding: burning },
  },
  { name: '14 % are turned away', series: turnedAway('overloaded', 0.14), at: '30m', fires: {} },
  { name: '45 % are quick', series: answeredWithin(0.45, 1), at: '20m', fires: { SlowP50: burning } },
  { name: '55 % are quick', series: answeredWithin(0.55, 1), at: '20m', fires: {} },
  { name: '98.8 % are in time', series: answeredWithin(0.9, 0.988), at: '20m', fires: { SlowP99: burning } },
  { name: '99.1 % are in time', series: answeredWithin(0.9, 0.991), at: '20m', fires: {} },
  {
    name: 'orders wait for 36 s',
    series: [worker, { series: 'queue_age_seconds', values: '36x10' }],
    at: '10m',
    fires: { BacklogOld: slowly },
  },
  {
    name: 'orders wait for 25 s',
    series: [worker, { series: 'queue_age_seconds', values: '25x10' }],
    at: '10m',
    fires: {},
  },
  {
    name: 'a breaker is half-open',
    series: [worker, { series: 'circuit_breaker_state{dependency="store"}', values: '1x10' }],
    at: '10m',
    fires: {},
  },
  {
    name: 'everything has been wrong for less than a minute',
    series: [
      { series: 'store_away{replica="worker-1"}', values: '0x19 1' },
      requests('202', '0+1000x20'),
      requests('429', '0x19 9000'),
      refused('overloaded', '0x19 9000'),
      within('0.25', '0+1000x20'),
      within('10', '0+1000x20'),
      timed('0+1000x19 90000'),
      { series: 'queue_age_seconds', values: '0x19 60' },
      { series: 'circuit_breaker_state{dependency="broker"}', values: '0x19 2' },
    ],
    at: '20m',
    fires: {},
  },
]

export const situations: readonly Situation[] = [
  ...nearTheLimits,
  {
    name: 'nothing is wrong',
    series: [
      requests('202', '0+6000x120'),
      requests('400', '0+6000x120'),
      within('0.25', '0+6000x120'),
      within('10', '0+6000x120'),
      timed('0+6000x120'),
      worker,
      { series: 'queue_age_seconds', values: '0x120' },
      { series: 'circuit_breaker_state{dependency="store"}', values: '0x120' },
      { series: 'orders_dead_lettered_total{reason="poison"}', values: '0+10x120' },
    ],
    at: '120m',
    fires: {},
  },
  {
    name: 'every second order fails',
    series: [worker, requests('202', '0+3000x120'), requests('500', '0+3000x120')],
    at: '60m',
    fires: {
      ErrorBudgetBurn1h: { severity: 'page' },
      ErrorBudgetBurn6h: { severity: 'page' },
      ErrorBudgetBurn3d: { severity: 'ticket' },
    },
  },
  {
    name: 'the failures ended ten minutes ago',
    series: [worker, requests('202', '0+3000x50 150000+6000x69'), requests('500', '0+3000x50 150000+0x69')],
    at: '61m',
    // The short window of the fastest pair is clean again; the slower ones still remember.
    fires: { ErrorBudgetBurn6h: { severity: 'page' }, ErrorBudgetBurn3d: { severity: 'ticket' } },
  },
  {
    name: 'answers take four seconds',
    series: [worker, within('0.25', '0+0x30'), within('10', '0+6000x30'), timed('0+6000x30')],
    at: '20m',
    fires: { SlowP50: { severity: 'page' } },
  },
  {
    name: 'one answer in fifty takes longer than ten seconds',
    series: [worker, within('0.25', '0+5880x30'), within('10.0', '0+5880x30'), timed('0+6000x30')],
    at: '20m',
    fires: { SlowP99: { severity: 'page' } },
  },
  {
    name: 'answers are slow for four minutes only',
    series: [worker, within('0.25', '0+6000x10 60000+0x4 66000+6000x20'), timed('0+6000x35')],
    at: '15m',
    fires: {},
  },
  {
    name: 'one order in four is turned away',
    series: [
      worker,
      requests('202', '0+4500x30'),
      requests('429', '0+1500x30'),
      refused('overloaded', '0+1000x30'),
      refused('queue-full', '0+500x30'),
    ],
    at: '20m',
    fires: { Shedding: { severity: 'page' } },
  },
  {
    name: 'every second order is over the quota of its client',
    series: turnedAway('quota', 0.5),
    at: '20m',
    fires: {},
  },
  {
    name: 'orders wait for a minute',
    series: [worker, { series: 'queue_age_seconds{replica="worker-1"}', values: '60x30' }],
    at: '10m',
    fires: { BacklogOld: { severity: 'ticket' } },
  },
  {
    name: 'a good order went to the dead letters',
    series: [worker, { series: 'orders_dead_lettered_total{reason="malformed"}', values: '0x10 1x20' }],
    at: '15m',
    fires: { DeadLetters: { severity: 'ticket' } },
  },
  {
    name: 'a breaker is open, on one replica only',
    series: [
      worker,
      { series: 'circuit_breaker_state{dependency="broker",replica="api-1"}', values: '2x10' },
      { series: 'circuit_breaker_state{dependency="broker",replica="api-2"}', values: '0x10' },
    ],
    at: '5m',
    fires: { BreakerOpen: { severity: 'page', dependency: 'broker' } },
  },
  {
    name: 'breakers are open that refuse nobody',
    series: [
      worker,
      { series: 'circuit_breaker_state{dependency="store look-up"}', values: '2x10' },
      { series: 'circuit_breaker_state{dependency="cache"}', values: '2x10' },
    ],
    at: '5m',
    fires: {},
  },
  {
    name: 'one worker of two still reaches the store',
    series: [
      { series: 'store_away{replica="worker-1"}', values: '1x10' },
      { series: 'store_away{replica="worker-2"}', values: '0x10' },
    ],
    at: '5m',
    fires: {},
  },
  {
    name: 'no worker reaches the store',
    series: [{ series: 'store_away{replica="worker-1"}', values: '1x10' }],
    at: '5m',
    fires: { StoreAway: { severity: 'page' } },
  },
  {
    name: 'the last worker is gone',
    series: [
      { series: 'store_away{replica="worker-1"}', values: '0x10 stale' },
      { series: 'store_away{replica="worker-2"}', values: '0x5 stale' },
    ],
    at: '13m',
    fires: { NoWorker: { severity: 'page' } },
  },
  {
    name: 'the last worker has been gone for less than a minute',
    series: [{ series: 'store_away{replica="worker-1"}', values: '0x10 stale 0x10' }],
    at: '11m',
    fires: {},
  },
]
