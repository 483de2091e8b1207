import { refused, requests, type Situation, timed, turnedAway, within, worker } from './situation.ts'
import { situationsNearLimits } from './situations-near-limits.ts'

/** Every situation that the rules are tried in, here and by promtool. */
export const situations: readonly Situation[] = [
  ...situationsNearLimits,
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
    name: 'every second order is one too many of its customer',
    series: turnedAway('hot-key', 0.5),
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
