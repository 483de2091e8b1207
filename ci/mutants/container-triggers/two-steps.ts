import { stockAddsUp } from '../../../scenarios/promises/stock-adds-up.ts'
import { containerTrigger, onAll, onOne } from './container-trigger.ts'

const load = { peakPerSecond: 80, mix: { poisonShare: 0.05, largeShare: 0 } } as const
const slow = { latencyMs: 150, direction: 'both' } as const

/** A slow way to the store keeps hands full of orders that are between their two steps. */
export const twoStepsWorkersKilled = containerTrigger({
  name: 'two-steps-workers-killed',
  question: 'Is an order of two steps left half done, or half undone, when its worker dies?',
  load,
  settings: { SAGA: 'on' },
  faults: [
    onAll('latency', 'worker->store', [500, 8_000], slow),
    onAll('container-kill', 'worker', [2_500, 500]),
    onAll('container-kill', 'worker', [5_500, 500]),
  ],
  promises: [stockAddsUp],
})

/** What one worker began at the right time, the other one finishes five minutes earlier. */
export const twoStepsClockBehind = containerTrigger({
  name: 'two-steps-clock-behind',
  question: 'Is the second step of an order lost because the clock of its worker is behind?',
  load,
  settings: { SAGA: 'on' },
  faults: [
    onOne('clock-skew', 'worker-1', [200, 9_000], { offsetS: -300 }),
    onAll('latency', 'worker->store', [500, 8_000], slow),
    onOne('container-kill', 'worker-2', [3_500, 1_500]),
  ],
  promises: [stockAddsUp],
})
