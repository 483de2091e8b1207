import type { Objective } from '../chaos/slo/objective.ts'
import { recoveryObjectives } from './budgets.ts'

/** What an autoscaler is judged by, and why. */

const timeToDrained = recoveryObjectives.filter(({ name }) => name === 'time-to-drained')

const accepted: Objective = {
  name: 'availability',
  promise: 'accepts 99 % of the orders, however many workers there are',
  indicator: { kind: 'availability' },
  window: { over: 'assault' },
  // The queue holds 50,000 orders, and no experiment leaves more than 3,000; 1 % are for the generator's own drops.
  atLeast: 0.99,
  samplesMin: 1_000,
}

const turnsOnce: Objective = {
  name: 'oscillations',
  promise: 'turns from more workers to fewer, or back, at most once',
  indicator: { kind: 'reading-turns', reading: 'workers' },
  window: { over: 'assault' },
  // Up with the load and down after it.
  atMost: 1,
  samplesMin: 10,
}

/** Nothing waits for good, nobody is turned away, and the number of workers does not swing. */
export const autoscaleObjectives: readonly Objective[] = [accepted, turnsOnce, ...timeToDrained]

/** Enough workers, soon after a phase of the load asks for them. */
export function enoughWorkers(workers: number, phase: string): Objective {
  return {
    name: 'time-to-enough-workers',
    promise: `has ${workers} workers at work 10 s after the load asks for them`,
    indicator: { kind: 'time-to-reading', condition: { reading: 'workers-ready', above: workers - 1 } },
    window: { over: 'load-phase', phase },
    // Two looks to see it, a step or two of at most four workers, and two to three seconds for a container to take its
    // first order on a busy machine with two cores.
    atMost: 10_000,
    samplesMin: 3,
  }
}

/** The other half of a promise about scaling in: that there was any. */
export function someLeave(workers: number, phase: string, withinMs: number): Objective {
  return {
    name: 'time-to-scale-in',
    promise: `sends workers home after the peak: fewer than ${workers} within ${withinMs / 1_000} s`,
    indicator: { kind: 'time-to-reading', condition: { reading: 'workers', below: workers } },
    window: { over: 'load-phase', phase },
    // The window in which nothing may have asked for more, and a period for each who leaves.
    atMost: withinMs,
    samplesMin: 3,
  }
}

/** Blind or dead: what runs goes on running. */
export const workersHeld: Objective = {
  name: 'workers-held',
  promise: 'keeps every worker, and starts none, while the autoscaler sees nothing or is dead',
  indicator: { kind: 'reading-changes', reading: 'workers' },
  window: { over: 'each-fault' },
  atMost: 0,
  samplesMin: 5,
}
