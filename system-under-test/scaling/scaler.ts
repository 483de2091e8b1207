import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'
import { autoscale, type Fleet } from './autoscaler.ts'
import { createDemand, type QueueGauge } from './demand.ts'
import type { Demand } from './recommend.ts'
import type { ScalingSettings } from './scaling-settings.ts'

export interface ScalerParts {
  readonly settings: ScalingSettings
  readonly gauge: QueueGauge
  readonly fleet: Fleet
  readonly clock: Clock
  readonly log: Log
}

/** One autoscaler process less its HTTP server. Begins to look as soon as it is made. */
export interface Scaler {
  /** What it saw last, for its metrics. */
  readonly seen: Demand
  /** Decides nothing more, and resolves when those whom it sent home have left. */
  stop(): Promise<void>
}

export function createScaler({ settings, gauge, fleet, clock, log }: ScalerParts): Scaler {
  const ended = new AbortController()
  const demand = createDemand(gauge, clock)
  let seen: Demand = { backlog: undefined, oldestAgeMs: undefined, arrivalsPerSecond: undefined }
  const done = autoscale(
    {
      fleet,
      demand: async () => {
        seen = await demand()
        return seen
      },
      targets: {
        backlogPerReplica: settings.BACKLOG_PER_WORKER,
        oldestAgeMs: settings.OLDEST_AGE_MS,
        arrivalsPerReplica: settings.ARRIVALS_PER_WORKER,
        min: settings.WORKERS_MIN,
        max: settings.WORKERS_MAX,
        // A tenth: Kubernetes' own, so that the noise of a steady load changes nothing.
        tolerance: 0.1,
      },
      behaviour: {
        downWindowMs: settings.SCALE_DOWN_WINDOW_MS,
        upStep: settings.SCALE_UP_STEP,
        downStep: settings.SCALE_DOWN_STEP,
        periodMs: settings.SCALE_PERIOD_MS,
      },
      graceMs: settings.SCALE_IN_GRACE_MS,
      everyMs: settings.SCALE_EVERY_MS,
      clock,
      log,
    },
    ended.signal,
  )
  return {
    get seen() {
      return seen
    },
    async stop() {
      ended.abort(new Error('the autoscaler stops'))
      await done
    },
  }
}
