import { mkdtemp } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { bundleService } from '../../system-under-test/bundle.ts'
import { realClock } from '../../system-under-test/clock.ts'
import { usualTerms } from '../../system-under-test/release/compare.ts'
import { release } from '../../system-under-test/release/release.ts'
import type { Log } from '../../system-under-test/telemetry/log.ts'
import type { Build, OwnProcesses } from './own-processes.ts'
import type { PlayRelease } from './release-door.ts'

/** A canary is looked at for ten seconds; one that nobody asks anything is given up after a minute. */
const pace = { bakeMs: 10_000, bakeMsMax: 60_000, everyMs: 1_000 }

/** Releases over processes of this machine. New sources are bundled into the folder, which the caller removes. */
export function releaseOver(
  processes: OwnProcesses,
  { bundles, folder, packages }: { bundles: Build['bundles']; folder: string; packages: string },
): PlayRelease {
  let current = bundles
  return async ({ strategy, settings, source }, tell, signal) => {
    if (source !== undefined) tell(`bundling ${source}`)
    const next =
      source === undefined
        ? current
        : await bundleService({
            source: resolve(source),
            into: await mkdtemp(join(folder, 'release-')),
            packages,
          })
    const rollout = processes.rollout({ bundles: next, settings })
    const end = await release(
      { ...pace, rollout, strategy, terms: usualTerms, clock: realClock, log: logTo(tell) },
      signal,
    )
    if (end.kind === 'released') {
      rollout.settle()
      current = next
    }
    return end
  }
}

function logTo(tell: (text: string) => void): Log {
  const say = (fields: object, text: string) => tell(`${Object.values(fields).join(', ')}: ${text}`)
  return { debug: () => {}, info: say, warn: say, error: say }
}
