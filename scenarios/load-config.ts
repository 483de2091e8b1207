import type { LoadTimeline } from '../chaos/system.ts'
import type { LoadProfile } from './profiles/load-profile.ts'
import { timelineOf } from './profiles/timeline.ts'

/** The load of the order intake: a timeline for the harness, and the profile that k6 plays. */
export interface OrderIntakeLoad extends LoadTimeline {
  readonly profile: LoadProfile
}

export function orderIntakeLoad(profile: LoadProfile): OrderIntakeLoad {
  return { ...timelineOf(profile), profile }
}

export interface K6Settings {
  readonly profile: LoadProfile
  readonly runId: string
  readonly seed: string
  /** Ids are this, followed by the number of the iteration; the `run` line of the history carries it too. */
  readonly ledgerPrefix: string
  /** When the run began, ms since 1970: times of the ledger count from here. */
  readonly runStartedEpochMs: number
  /** Base addresses of the API's links as seen from k6's container: `http://toxiproxy:8081`. */
  readonly apiUrls: readonly string[]
}

/** Everything that a container of the image `k6` needs to play a load. Nothing is started here. */
export interface K6Container {
  /** Arguments after `k6`. */
  readonly argv: readonly string[]
  /** The user's own `K6_*` variables, untouched. */
  readonly env: Readonly<Record<string, string>>
  /** Folders of the project (relative to its root) and where they are mounted, read-only. */
  readonly mounts: readonly { readonly from: string; readonly to: string }[]
  /** Files to be written into the container before it starts. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** It ends by itself within this time of its start; later it hangs. */
  readonly endsWithinMs: number
}
