import { squareWave } from '../../profiles/square-wave.ts'
import type { Trigger } from '../trigger.ts'
import { autoscaled, plainOrders, smallWorkers, storeOfSmallWorkers, turnsOnceAtMost } from './autoscaled.ts'

export const squareWaves: Trigger = {
  ...autoscaled,
  name: 'square-wave',
  description: 'high and low in turn, with lulls shorter than the patience of an autoscaler',
  // A lull and the wave after it: what was asked for in the last wave counts until the next one asks.
  settings: { ...smallWorkers, SCALE_DOWN_WINDOW_MS: '20000' },
  load: {
    ...plainOrders,
    profile: squareWave({ lowPerSecond: 10, highPerSecond: 75, lowMs: 6_000, highMs: 6_000, periods: 4 }),
  },
  objectives: [turnsOnceAtMost],
  faults: () => [storeOfSmallWorkers],
}
