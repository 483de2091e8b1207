import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'
import { type Demand, recommend, type Targets } from './recommend.ts'
import { createStabiliser, type StabiliserOptions } from './stabiliser.ts'

/** Replicas that can be started and sent home. Containers, pods or, in tests, numbers. */
export interface Fleet {
  /** Those that run or are being started; not those that drain. undefined: nobody can say. */
  count(): Promise<number | undefined>
  /** Starts one more. */
  grow(): Promise<void>
  /** Asks one to end (SIGTERM), and resolves when it has left. Only one that is still there after the grace is killed. */
  shrink(graceMs: number): Promise<void>
}

export interface AutoscalerParts {
  readonly fleet: Fleet
  readonly demand: () => Promise<Demand>
  readonly targets: Targets
  readonly behaviour: StabiliserOptions
  /** What one that is sent home may take to finish what it holds. */
  readonly graceMs: number
  readonly everyMs: number
  readonly clock: Clock
  readonly log: Log
}

/**
 * Looks, decides, acts, until the signal is aborted. It keeps no memory that matters: killed and started again it goes on
 * from what runs. Where it sees nothing it changes nothing (static stability): the fleet of before serves on.
 */
export async function autoscale(parts: AutoscalerParts, signal: AbortSignal): Promise<void> {
  const { clock, everyMs, behaviour } = parts
  const stabiliser = createStabiliser(behaviour)
  const underway = new Set<Promise<void>>()
  while (!signal.aborted) {
    await step(parts, stabiliser, underway).catch((cause) => {
      parts.log.warn({ cause: String(cause) }, 'the autoscaler changes nothing: it cannot see or act')
    })
    await clock.sleep(everyMs, signal).catch(() => {})
  }
  await Promise.allSettled(underway)
}

async function step(
  { fleet, demand, targets, graceMs, clock, log }: AutoscalerParts,
  stabiliser: ReturnType<typeof createStabiliser>,
  underway: Set<Promise<void>>,
): Promise<void> {
  const [current, seen] = await Promise.all([fleet.count(), demand()])
  if (current === undefined) return
  const recommended = recommend(current, seen, targets)
  const next = stabiliser.settle(clock.nowMs(), current, recommended)
  if (next !== current) log.info({ current, next, recommended, ...seen }, 'the fleet changes')
  // Nobody waits for them here: the fleet counts those that start, and not those that leave, so that the next look is right.
  const changes = Array.from({ length: Math.abs(next - current) }, () =>
    next > current ? fleet.grow() : fleet.shrink(graceMs),
  )
  for (const change of changes) {
    const done = change.catch((cause) =>
      log.warn({ cause: String(cause) }, 'a worker could not start or leave'),
    )
    underway.add(done)
    done.finally(() => underway.delete(done))
  }
}
