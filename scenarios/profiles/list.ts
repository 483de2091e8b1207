import { constant } from './constant.ts'
import { flashCrowd } from './flash-crowd.ts'
import type { LoadProfile } from './load-profile.ts'
import { overload } from './overload.ts'
import { ramp } from './ramp.ts'
import { sineDay } from './sine-day.ts'
import { soak } from './soak.ts'
import { spike } from './spike.ts'
import { squareWave } from './square-wave.ts'
import { stairs } from './stairs.ts'

/** Every load shape, each with numbers for a machine with two cores; one that is not in this list does not exist. */
export const profiles: readonly LoadProfile[] = [
  constant({ perSecond: 200, durationMs: 60_000 }),
  ramp({ fromPerSecond: 100, toPerSecond: 1_000, rampMs: 30_000, holdMs: 15_000 }),
  stairs({ firstPerSecond: 200, riserPerSecond: 200, steps: 8, treadMs: 15_000 }),
  spike(),
  flashCrowd({ basePerSecond: 100, peakPerSecond: 1_000, baseMs: 10_000, riseMs: 10_000, tailMs: 60_000 }),
  squareWave({ lowPerSecond: 100, highPerSecond: 800, lowMs: 10_000, highMs: 5_000, periods: 4 }),
  sineDay({ nightPerSecond: 50, noonPerSecond: 600, dayMs: 60_000, days: 2 }),
  overload({ capacityPerSecond: 150, factors: [2, 5, 10], overloadMs: 10_000, restMs: 30_000 }),
  soak({ perSecond: 150, edgeMs: 30_000, holdMs: 3_600_000 }),
]
