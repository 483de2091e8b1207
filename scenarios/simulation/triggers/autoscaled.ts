import type { Objective } from '../../../chaos/slo/objective.ts'
import type { Trigger } from '../trigger.ts'

/**
 * A worker of these triggers carries some eighteen orders a second: two in its hands, and a store that takes a tenth of
 * a second for each. Everything is small, so that a minute of it costs a second.
 */
export const smallWorkers = {
  PREFETCH: '2',
  ARRIVALS_PER_WORKER: '15',
  BACKLOG_PER_WORKER: '20',
  SCALE_DOWN_WINDOW_MS: '8000',
  SCALE_PERIOD_MS: '2000',
} as const

export const storeOfSmallWorkers = {
  kind: 'store-slow',
  target: 'store',
  atMs: 0,
  forMs: 55_000,
  options: { serviceMs: 100 },
} as const

/** Two to eight workers, each of them small; what else happens is the trigger's. */
export const autoscaled = {
  settings: smallWorkers,
  scaling: { workersMin: 2, workersMax: 8 },
} as const satisfies Partial<Trigger>

/** Load for autoscalers: only fresh orders, from clients that ask as everybody does. */
export const plainOrders = { poisonShare: 0, invalidShare: 0, largeShare: 0, conflictShare: 0 } as const

export function hasWorkersWithin(ms: number, workers: number, phase: string): Objective {
  return {
    name: 'time-to-enough-workers',
    promise: `has ${workers} workers at work ${ms / 1_000} s after the load asks for them`,
    indicator: { kind: 'time-to-reading', condition: { reading: 'workers-ready', above: workers - 1 } },
    window: { over: 'load-phase', phase },
    atMost: ms,
    samplesMin: 3,
  }
}

/** Up and down again is one turn. */
export const turnsOnceAtMost: Objective = {
  name: 'oscillations',
  promise: 'turns from more workers to fewer, or back, at most once',
  indicator: { kind: 'reading-turns', reading: 'workers' },
  window: { over: 'assault' },
  atMost: 1,
  samplesMin: 10,
}

/** What a blind or a dead autoscaler leaves behind: the fleet as it was. */
export const keepsItsWorkers: Objective = {
  name: 'workers-held',
  promise: 'keeps the workers that it has while nobody can see or decide',
  indicator: { kind: 'reading-changes', reading: 'workers' },
  window: { over: 'each-fault' },
  atMost: 0,
  samplesMin: 3,
  exceptDuring: ['store-slow'],
}
