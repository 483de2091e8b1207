import { spike } from '../../profiles/spike.ts'
import type { Trigger } from '../trigger.ts'
import { plainOrders } from './autoscaled.ts'

export const releaseProfile = spike({
  basePerSecond: 40,
  peakPerSecond: 140,
  warmUpMs: 1_000,
  baseMs: 3_000,
  riseMs: 0,
  holdMs: 14_000,
  fallMs: 0,
  tailMs: 8_000,
})

/** The new version waits a millisecond for each confirm, and so it leaves nearly every client in doubt. */
export const badCanaryUnderSpike: Trigger = {
  name: 'bad-canary-under-spike',
  description: 'a version that answers most orders with 504 is released at the beginning of a spike',
  isBalanced: true,
  load: { ...plainOrders, profile: releaseProfile },
  release: { atMs: 4_000, settings: { PUBLISH_TIMEOUT_MS: '1' } },
  objectives: [
    {
      name: 'time-to-rolled-back',
      promise: 'takes a bad version back within 13 s of its release',
      indicator: { kind: 'time-to-reading', condition: { reading: 'rolled-back', above: 0 } },
      window: { over: 'load-phase', phase: 'hold' },
      // Two replacements of 2 to 3 s, and 200 requests at 70 a second to be sure.
      atMost: 13_000,
      samplesMin: 10,
    },
    {
      name: 'new-replicas-at-most-one',
      promise: 'lets one replica run the new version, and then none again',
      indicator: { kind: 'reading-changes', reading: 'new-replicas' },
      window: { over: 'assault' },
      atMost: 2,
      samplesMin: 10,
    },
  ],
  faults: () => [],
}
