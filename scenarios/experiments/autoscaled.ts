import { type OrderIntakeLoad, orderIntakeLoad } from '../load-config.ts'
import type { LoadProfile } from '../profiles/load-profile.ts'
import { type SpikeOptions, spike } from '../profiles/spike.ts'

/**
 * Workers that take one order at a time: what they do is wait for the store, so that more of them carry more even on a
 * machine with two cores. Each is asked to carry 24 a second, a quarter of what it can there: at 40 a second each, under
 * 200 in all, the load itself left four starting processes so little of the cores that they took eight seconds and more.
 */
const smallWorkers = {
  PREFETCH: '1',
  ARRIVALS_PER_WORKER: '24',
  BACKLOG_PER_WORKER: '60',
  SCALE_DOWN_WINDOW_MS: '8000',
  SCALE_PERIOD_MS: '3000',
}

/** Two to six workers under this load, and an autoscaler that decides how many. */
export function autoscaledLoad(
  profile: LoadProfile,
  settings: Readonly<Record<string, string>> = {},
): OrderIntakeLoad {
  return orderIntakeLoad(
    profile,
    { ...smallWorkers, ...settings },
    { scaling: { workersMin: 2, workersMax: 6 } },
  )
}

/** From 20 orders a second to 120 in one jump, which ask for five workers, and back. */
export function jump(options: SpikeOptions = {}): LoadProfile {
  return spike({
    basePerSecond: 20,
    peakPerSecond: 120,
    warmUpMs: 4_000,
    baseMs: 4_000,
    riseMs: 0,
    holdMs: 20_000,
    fallMs: 0,
    tailMs: 25_000,
    ...options,
  })
}
