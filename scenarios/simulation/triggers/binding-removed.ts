import type { Trigger } from '../trigger.ts'

export const bindingRemoved: Trigger = {
  name: 'binding-removed',
  description: 'the queue is unbound for a second: publishes find no queue',
  faults: (random) => [
    { kind: 'binding-removed', target: 'broker', atMs: 1_500 + random.next() * 1_500, forMs: 1_000 },
  ],
}
