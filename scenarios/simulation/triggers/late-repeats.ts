import type { Trigger } from '../trigger.ts'

export const lateRepeats: Trigger = {
  name: 'late-repeats',
  description: 'half of the orders come again seconds later; one worker is killed meanwhile',
  load: { repeatShare: 0.5 },
  faults: (random) => [
    { kind: 'process-kill', target: 'worker-1', atMs: 1_500 + random.next() * 2_000, forMs: 600 },
  ],
}
