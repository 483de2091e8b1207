import type { Objective } from '../chaos/slo/objective.ts'

/** One client far over its quota, and clients that try once: what the others get is what they are promised. */
export const noisyNeighbourObjectives: readonly Objective[] = [
  {
    name: 'quiet-clients-accepted',
    promise:
      'accepts 98 % of the orders of clients that keep to their quota, while another one is far over its own',
    indicator: { kind: 'availability' },
    window: { over: 'load-phase', phase: 'hold' },
    group: 'quiet',
    // Nothing breaks, and nobody else is near a limit. 2 %: of arrivals that the generator drops, at most 1 in 200 of all
    // are allowed, and each of them counts as a quiet one's.
    atLeast: 0.98,
    samplesMin: 500,
  },
  {
    name: 'quiet-clients-answered',
    promise: 'answers 99 % of them within 2.5 s, half of what they wait for',
    indicator: { kind: 'response-time', quantile: 0.99 },
    window: { over: 'load-phase', phase: 'hold' },
    group: 'quiet',
    // 156 ms where the machine has nothing else to do; 1.2 s while six others worked on its two cores. Who is behind the noisy
    // one in a line that nobody bounds waits for all of it, and that is longer than the client does.
    atMost: 2_500,
    samplesMin: 500,
  },
  {
    name: 'noisy-client-held',
    promise: 'accepts at most 45 % of the orders of the client that sends three times its quota',
    indicator: { kind: 'availability' },
    window: { over: 'load-phase', phase: 'hold' },
    group: 'noisy',
    // 100 of its 280 a second are within its quota: 36 %. The burst that it had saved is a twentieth of the hold's.
    atMost: 0.45,
    samplesMin: 1_000,
  },
]
