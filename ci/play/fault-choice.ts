import type { Experiment } from '../../chaos/experiment.ts'
import { randomFrom } from '../../chaos/kernel/random.ts'
import type { KnownKind, KnownLoad, KnownTarget } from '../../chaos/schedule/known.ts'
import type { FixedFault } from '../../chaos/schedule/schedule-text.ts'
import { type SwarmBounds, swarm } from '../../chaos/schedule/swarm.ts'
import type { LoadTimeline } from '../../chaos/system.ts'

/**
 * Kinds that a swarm never draws: one does nothing, some need a kernel that few have, one loses orders by itself, and
 * from one a store does not come back without somebody who starts it again.
 */
const neverDrawn = ['noop', 'netem-latency', 'netem-reordering', 'queue-deleted', 'disk-full']
/** 10 s: the last fault's backlog has begun to drain, and its recovery is seen, before the load ends. */
const tailMs = 10_000

/**
 * The experiment with exactly these faults. They may touch what they name, and nothing else. Its alerts are left out:
 * they are those of the faults that the experiment declares.
 */
export function withFaults<Load extends LoadTimeline>(
  experiment: Experiment<Load>,
  faults: readonly FixedFault[],
): Experiment<Load> {
  if (faults.length === 0) return { ...experiment, faults: [] }
  return {
    ...experiment,
    alerts: undefined,
    faults: faults.map(({ kind, target, atMs, forMs, options }) => ({
      kind,
      target: { name: target },
      when: { atMs },
      forMs,
      options,
    })),
    blastRadius: {
      targets: [...new Set(faults.map(({ target }) => target))],
      atOnceMax: faults.length,
      totalMsMax: faults.reduce((sum, { forMs }) => sum + forMs, 0),
    },
  }
}

/**
 * The experiment with faults that are drawn from the seed, on anything that the system has. Its objectives and alerts
 * are left out: they are for the faults that the experiment declares. Integrity is judged as always.
 */
export function withSwarm<Load extends LoadTimeline>(
  experiment: Experiment<Load>,
  world: SwarmWorld,
): Experiment<Load> {
  const { load } = experiment
  return withDrawn(experiment, world, {
    faultsMin: 1,
    faultsMax: 4,
    forMsMin: 1_000,
    forMsMax: 5_000,
    fromMs: warmUpMs(load),
    untilMs: load.durationMs - tailMs,
  })
}

/** Two faults of 4 to 5 s in a window of 6 s are in together for 2 s at least, wherever they are drawn. */
const pairWindowMs = 6_000

/** As {@link withSwarm}, with two faults on different parts that meet: what each alone does not show, both together may. */
export function withPair<Load extends LoadTimeline>(
  experiment: Experiment<Load>,
  world: SwarmWorld,
): Experiment<Load> {
  const { load } = experiment
  const latestMs = Math.max(warmUpMs(load), load.durationMs - tailMs - pairWindowMs)
  const fromMs = randomFrom(`${world.seed}/pair`).integer(warmUpMs(load), latestMs)
  const untilMs = fromMs + pairWindowMs
  const bounds = { faultsMin: 2, faultsMax: 2, forMsMin: 4_000, forMsMax: 5_000, fromMs, untilMs }
  return withDrawn(experiment, world, bounds)
}

interface SwarmWorld {
  readonly seed: string
  readonly targets: readonly KnownTarget[]
  readonly kinds: readonly KnownKind[]
}

function withDrawn<Load extends LoadTimeline>(
  experiment: Experiment<Load>,
  world: SwarmWorld,
  drawn: Omit<SwarmBounds, 'restMs' | 'without'>,
): Experiment<Load> {
  const { load } = experiment
  const roles = [...new Set(world.targets.map(({ role }) => role))]
  const blastRadius = { targets: roles, atOnceMax: 2, totalMsMax: load.durationMs / 2 }
  const bounds = { ...drawn, restMs: 3_000, without: neverDrawn }
  const faults = swarm({ ...world, load, blastRadius, bounds })
  return { ...experiment, faults, blastRadius, objectives: [], alerts: undefined }
}

function warmUpMs({ phases }: KnownLoad): number {
  const first = phases[0]
  return first?.name === 'warm-up' ? first.toMs : 0
}
