import type Docker from 'dockerode'
import type { ObservationLine } from '../../chaos/history/line.ts'
import type { Clock } from '../clock.ts'
import { usualTerms } from '../release/compare.ts'
import { countsOf } from '../release/counts-of.ts'
import { type ReleaseEnd, type Rollout, release, type Version } from '../release/release.ts'
import type { Log } from '../telemetry/log.ts'
import { freePorts } from './free-ports.ts'
import { metricsOf } from './observe.ts'
import type { StartReplica } from './start-replica.ts'
import { isReady } from './steady-state.ts'
import type { ContainerPlace } from './targets.ts'

/** A new version of the API: the same program with other settings, which is released in the middle of a run. */
export interface PlannedRelease {
  /** From the start of the load. */
  readonly atMs: number
  readonly settings: Readonly<Record<string, string>>
}

export interface ReleaseWorld {
  readonly docker: Docker
  /** The replicas of the API, all running the old version. */
  readonly apis: readonly ContainerPlace[]
  readonly startReplica: StartReplica
  readonly clock: Clock
  readonly log: Log
}

export interface ApiRelease {
  /** Who serves in each place now. */
  present(): readonly ContainerPlace[]
  /** The containers of the new version, by names of their own. */
  readonly fresh: readonly ContainerPlace[]
  /** Begins it after so long, once. */
  begin(inMs: number): void
  readings(timeMs: number): readonly ObservationLine[]
  /** Replaces nobody any more, and resolves when the release has ended. Safe to repeat, and before the beginning. */
  stop(): Promise<void>
}

const graceS = 10
const readyWithinMs = 30_000
const lookEveryMs = 200

/**
 * The new version of each replica waits as a container of its own, with the old one's name in the network and its links:
 * whoever of the two runs is that replica. They never run at the same time.
 */
export async function prepareRelease(
  settings: PlannedRelease['settings'],
  world: ReleaseWorld,
): Promise<ApiRelease> {
  const { docker, apis, startReplica, clock, log } = world
  const ports = await freePorts(apis.length)
  const fresh = await Promise.all(
    apis.map(async ({ name: alias }, at) => {
      const wish = { alias, role: 'api', port: ports[at] as number, env: settings, suffix: '-new' } as const
      const place = await startReplica(wish)
      await docker.getContainer(place.id).kill()
      return place
    }),
  )
  const placesOf = new Map(apis.map((old, at) => [old.name, { old, new: fresh[at] as ContainerPlace }]))
  const running = new Map<string, Version>(apis.map(({ name }) => [name, 'old']))
  const placeOf = (slot: string, version: Version) => placesOf.get(slot)?.[version] as ContainerPlace
  const present = () => [...running].map(([slot, version]) => placeOf(slot, version))
  const over = new AbortController()
  let ended: Promise<ReleaseEnd> | undefined
  let end: ReleaseEnd['kind'] | undefined

  const rollout: Rollout = {
    slots: apis.map(({ name }) => name),
    peersOf: (slot) => apis.map(({ name }) => name).filter((name) => name !== slot),
    async replace(slot, version) {
      // The run is over: nobody needs a version back that is removed in a moment.
      over.signal.throwIfAborted()
      const before = placeOf(slot, version === 'new' ? 'old' : 'new')
      await docker.getContainer(before.id).stop({ t: graceS }).catch(passing(304))
      running.set(slot, version)
      const after = placeOf(slot, version)
      await docker.getContainer(after.id).start().catch(passing(304))
      const untilMs = clock.nowMs() + readyWithinMs
      while (!(await isReady(after.port))) {
        if (clock.nowMs() > untilMs)
          throw new Error(`${slot} is not ready ${readyWithinMs / 1_000} s after its start`)
        await clock.sleep(lookEveryMs, over.signal)
      }
    },
    async counts(slot) {
      const samples = await metricsOf(placeOf(slot, running.get(slot) ?? 'old'))
      return samples === undefined ? undefined : countsOf(samples)
    },
  }

  return {
    present,
    fresh: fresh.map((place) => ({ ...place, name: `${place.name}-new` })),
    begin(inMs) {
      ended ??= clock
        .sleep(inMs, over.signal)
        .then(() => release({ ...pace, rollout, terms: usualTerms, clock, log }, over.signal))
        .catch(() => ({ kind: 'rolled back', reason: 'it never began' }) as const)
      ended.then(({ kind }) => {
        end = kind
      })
    },
    readings: (timeMs) =>
      Object.entries({
        'new-replicas': [...running.values()].filter((version) => version === 'new').length,
        released: end === 'released' ? 1 : 0,
        'rolled-back': end === 'rolled back' ? 1 : 0,
      }).map(([name, value]) => ({ kind: 'observation', timeMs, name, value })),
    async stop() {
      over.abort(new Error('the run is over'))
      await ended
    },
  }
}

/** Five seconds at 50 requests a second are enough to tell; a canary that nobody asks is given up after 20. */
const pace = { strategy: 'canary', bakeMs: 5_000, bakeMsMax: 20_000, everyMs: 1_000 } as const

/** 304: it is so already. */
function passing(status: number): (error: { statusCode?: number }) => void {
  return (error) => {
    if (error.statusCode !== status) throw error
  }
}
