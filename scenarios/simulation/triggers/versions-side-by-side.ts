import type { Trigger } from '../trigger.ts'

/** In the middle of a release an order may be accepted by the new version and carried out by the old one, or the other way. */
export const versionsSideBySide: Trigger = {
  name: 'versions-side-by-side',
  description: 'one API replica and one worker run the version before, and one of them dies',
  isMixed: true,
  faults: (random) => [
    { kind: 'process-kill', target: 'worker-1', atMs: 2_000 + random.next() * 1_000, forMs: 1_500 },
  ],
}
