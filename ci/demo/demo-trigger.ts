import { spike } from '../../scenarios/profiles/spike.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import { orderObjectives } from '../budgets.ts'

// A seventh of the real spike: as much as one process plays in a few seconds, and enough for every objective.
const profile = spike({ basePerSecond: 40, peakPerSecond: 150, warmUpMs: 5_000, baseMs: 5_000 })
const holdMs = 15_000

/** The story of the experiment `spike`, for a machine that has no containers: the same faults at the same offsets. */
export const demoTrigger: Trigger = {
  name: 'demo',
  description: profile.description,
  load: { profile },
  objectives: orderObjectives,
  isBalanced: true,
  faults: (random) => {
    const [first, second] = random.shuffle(['worker-1', 'worker-2']) as [string, string]
    return [
      { kind: 'process-kill', target: first, atMs: holdMs + 1_000, forMs: 3_000 },
      { kind: 'connection-cut', target: 'worker-*→store', atMs: holdMs + 5_000, forMs: 5_000 },
      // Now every worker holds orders whose writes are on their way, or whose answers were lost.
      { kind: 'process-kill', target: second, atMs: holdMs + 5_500, forMs: 3_000 },
      {
        kind: 'latency',
        target: 'api-1→broker',
        atMs: holdMs + 12_000,
        forMs: 5_000,
        options: { delayMs: 200 },
      },
      { kind: 'connection-cut', target: 'api-1→broker', atMs: holdMs + 14_500, forMs: 1_500 },
    ]
  },
}
