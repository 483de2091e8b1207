import { leaksNoConnection } from '../promises/leaks-no-connection.ts'
import type { Trigger } from '../trigger.ts'

export const brokerLinksFlap: Trigger = {
  name: 'broker-links-flap',
  description: 'every connection to the broker is reset five times',
  promises: [leaksNoConnection],
  faults: (random) =>
    Array.from({ length: 5 }, (_, times) => ({
      kind: 'connection-reset',
      target: '*→broker',
      atMs: 500 + times * 1_000 + random.next() * 300,
      forMs: 400,
    })),
}
