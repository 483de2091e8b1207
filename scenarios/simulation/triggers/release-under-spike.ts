import type { Trigger } from '../trigger.ts'
import { plainOrders } from './autoscaled.ts'
import { releaseProfile } from './bad-canary-under-spike.ts'

/** The control of the other one: a version with another setting that is no worse must not be taken back. */
export const releaseUnderSpike: Trigger = {
  name: 'release-under-spike',
  description: 'a good version is released at the beginning of a spike',
  isBalanced: true,
  load: { ...plainOrders, profile: releaseProfile },
  release: { atMs: 4_000, settings: { PUBLISH_TIMEOUT_MS: '1500' } },
  objectives: [
    {
      name: 'time-to-released',
      promise: 'runs the new version everywhere 20 s after its release',
      indicator: { kind: 'time-to-reading', condition: { reading: 'released', above: 0 } },
      window: { over: 'assault' },
      // Two replacements of 2 to 3 s, and five seconds in which the canary is looked at; it begins 3 s into the assault.
      atMost: 20_000,
      samplesMin: 10,
    },
  ],
  faults: () => [],
}
