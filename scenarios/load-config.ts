import type { TimedLine } from '../chaos/history/line.ts'
import type { LoadTimeline } from '../chaos/system.ts'
import { k6Address, type LoadConfig } from './k6/config.ts'
import { beginK6Output, type K6OutputInProgress } from './k6-output.ts'
import { arrivalsOf } from './profiles/arrivals.ts'
import type { LoadProfile } from './profiles/load-profile.ts'
import { patienceMsOf } from './profiles/mix.ts'
import { timelineOf } from './profiles/timeline.ts'
import { vusFor } from './profiles/virtual-users.ts'

/** The load of the order intake: a timeline for the harness, and the profile that k6 plays. */
export interface OrderIntakeLoad extends LoadTimeline {
  readonly profile: LoadProfile
  /** Settings of the service under this load, by their environment variables, beyond its defaults. */
  readonly settings: Readonly<Record<string, string>>
  /** An autoscaler keeps so many workers; there is none where it is left out. */
  readonly scaling?: { readonly workersMin: number; readonly workersMax: number }
  /** A new version of the API, with these settings, is released so long after the start of the load. */
  readonly release?: { readonly atMs: number; readonly settings: Readonly<Record<string, string>> }
}

export function orderIntakeLoad(
  profile: LoadProfile,
  settings: OrderIntakeLoad['settings'] = {},
  more: Pick<OrderIntakeLoad, 'scaling' | 'release'> = {},
): OrderIntakeLoad {
  return { ...timelineOf(profile), profile, settings, ...more }
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
  /** False only to measure what the ledger costs; then nothing can be judged. */
  readonly ledger?: boolean
  /** How many virtual users; as many as the profile needs, up to a limit, if left out. */
  readonly vus?: number
  /** So many clients that wait for their answers, in place of the profile's arrivals: how fast can it go? */
  readonly closedClients?: number
  /** The script as one file, from `bundle-load.ts`; the sources as they are if left out. */
  readonly script?: string
  /** Nothing is sent before this address, as seen from k6's container, answers with 200. */
  readonly gateUrl?: string
}

/** Everything that a container of the image `k6` needs to play a load. Nothing is started here. */
export interface K6Container {
  /** Arguments after `k6`. */
  readonly argv: readonly string[]
  /** The user's own `K6_*` variables, untouched. */
  readonly env: Readonly<Record<string, string>>
  /** Files and folders (relative to the project's root, if not absolute) and where they are mounted, read-only. */
  readonly mounts: readonly { readonly from: string; readonly to: string }[]
  /** Files to be written into the container before it starts. */
  readonly files: readonly { readonly path: string; readonly text: string }[]
  /** The file that it writes the ledger to; it must be there, and the container's user must be allowed to write. */
  readonly ledgerPath: string
  /** More than this means that something is wrong: twice what it tries to stay in. */
  readonly memoryBytes: number
  /** It ends by itself within this time of its start; later it hangs. */
  readonly endsWithinMs: number
  /** Reads what the container prints; everything that it hands on is history. */
  readonly read: (see: (line: TimedLine | string) => void) => K6OutputInProgress
}

const projectInContainer = '/seawall'
const configPath = '/seawall-load/load.json'
const ledgerPath = '/seawall-ledger'
const bundledScript = `${projectInContainer}/journey.js`
const sourceMounts = ['scenarios/k6', 'scenarios/profiles'].map((from) => ({
  from,
  to: `${projectInContainer}/${from}`,
}))

/** k6's own start, with the compilation of the script for every virtual user: 2,000 of them took 5 s; six times that. */
const startMs = 30_000

/** How k6 is started for a load. The image's entry point is `k6`. */
export function k6Container(
  { script, ...settings }: K6Settings,
  env: Readonly<Record<string, string | undefined>>,
): K6Container {
  const config = loadConfigOf(settings)
  const durationMs = arrivalsOf(settings.profile).durationMs
  return {
    argv: [
      'run',
      '--quiet',
      '--no-color',
      '--no-usage-report',
      // Errors only: a warning for each request that a fault has broken would be most of what k6 does meanwhile.
      '--log-output=file=/dev/stderr,level=error',
      // The message and a newline: also for the console, whose lines are the ledger.
      '--log-format=raw',
      `--console-output=${ledgerPath}`,
      `--address=${k6Address}`,
      script === undefined ? `${projectInContainer}/scenarios/k6/journey.ts` : bundledScript,
    ],
    env: { GOMEMLIMIT: `${memoryMiB(config.vus)}MiB`, ...k6Variables(env), SEAWALL_LOAD: configPath },
    mounts: script === undefined ? sourceMounts : [{ from: script, to: bundledScript }],
    files: [{ path: configPath, text: JSON.stringify(config) }],
    ledgerPath,
    read: (see) => beginK6Output(config, see),
    memoryBytes: 2 * memoryMiB(config.vus) * 1024 ** 2,
    endsWithinMs: startMs + durationMs + config.patienceMs + 2 * settings.profile.mix.timeoutMs,
  }
}

/**
 * Go collects its garbage late: 2,000 virtual users live in 0.7 to 1 GB and spread over 1.4 where nothing limits them.
 * Less than they live in would make it collect all the time, and be late with arrivals.
 */
function memoryMiB(vus: number): number {
  return Math.round(200 + 0.6 * vus)
}

/** What k6 is told of a load. */
export function loadConfigOf(settings: K6Settings): LoadConfig {
  return {
    ...settings,
    ledger: settings.ledger ?? true,
    vus: settings.vus ?? vusFor(settings.profile),
    patienceMs: patienceMsOf(settings.profile.mix),
  }
}

function k6Variables(env: Readonly<Record<string, string | undefined>>): Record<string, string> {
  const entries = Object.entries(env).filter(([name, value]) => name.startsWith('K6_') && value !== undefined)
  return Object.fromEntries(entries) as Record<string, string>
}
