import { wastesAtMost } from '../promises/wasted-work.ts'
import type { Trigger } from '../trigger.ts'

export const lookUpsSlowForTheImpatient: Trigger = {
  name: 'look-ups-slow-for-the-impatient',
  description: 'the store takes longer to look an order up than its client waits, and the client asks once',
  load: { attemptsMax: 1, timeoutMs: 150, repeatShare: 0, doubleShare: 0, conflictShare: 0 },
  // The look-up may take its time here: what ends the wait is to be the caller's patience.
  settings: { LOOK_UP_TIMEOUT_MS: '5000' },
  // A tenth may be published just in time, and confirmed when the client has gone.
  promises: [wastesAtMost(0.1)],
  faults: (random) => [
    {
      kind: 'store-slow',
      target: 'store',
      atMs: 800 + random.next() * 400,
      forMs: 3_500,
      options: { serviceMs: 500 },
    },
  ],
}
