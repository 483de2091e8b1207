import { type OrderIntakeLoad, orderIntakeLoad } from '../load-config.ts'
import { spike } from '../profiles/spike.ts'

const profile = spike({
  basePerSecond: 50,
  peakPerSecond: 150,
  warmUpMs: 4_000,
  baseMs: 4_000,
  riseMs: 2_000,
  holdMs: 35_000,
  fallMs: 2_000,
  tailMs: 8_000,
})

/** A small spike at whose peak a new version of the API is released, with these settings beyond those of the old one. */
export function releasedUnderSpike(settings: Readonly<Record<string, string>>): OrderIntakeLoad {
  return orderIntakeLoad(profile, {}, { release: { atMs: 10_000, settings } })
}
