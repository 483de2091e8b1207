import type { Clock } from './kernel/clock.ts'
import type { Verdict } from './kernel/verdict.ts'

/** One run of a campaign. */
export interface CampaignRun {
  readonly seed: string
  readonly verdict: Verdict
  /** The run's folder, which is kept. */
  readonly folder: string
  readonly sentence: string
}

export interface CampaignOptions {
  readonly seeds: Iterable<string>
  /** No run is begun after this long; the one that is under way is finished. */
  readonly forMs: number
  readonly clock: Clock
  /** Aborting it ends the campaign after the run that is under way, which heals by itself. */
  readonly signal: AbortSignal
  runOnce(seed: string): Promise<Omit<CampaignRun, 'seed'>>
  /** Told after each run. */
  tell(run: CampaignRun): void
}

export interface CampaignReport {
  readonly runs: readonly CampaignRun[]
  /** Why it ended. */
  readonly endedBy: 'seeds' | 'time' | 'interrupt'
  /** Runs that broke a promise, in the order of their seeds: each is worth a `shrink`. */
  readonly failed: readonly CampaignRun[]
  /** Runs that proved nothing. */
  readonly unknown: readonly CampaignRun[]
}

/** Walks seeds, one run each, until they are all played or the time is over. A run that throws ends the campaign. */
export async function campaign(options: CampaignOptions): Promise<CampaignReport> {
  const { clock, forMs, signal } = options
  const startedMs = clock.nowMs()
  const runs: CampaignRun[] = []
  let endedBy: CampaignReport['endedBy'] = 'seeds'
  for (const seed of options.seeds) {
    if (signal.aborted) endedBy = 'interrupt'
    else if (clock.nowMs() - startedMs >= forMs) endedBy = 'time'
    if (endedBy !== 'seeds') break
    const run = { seed, ...(await options.runOnce(seed)) }
    runs.push(run)
    options.tell(run)
  }
  if (signal.aborted) endedBy = 'interrupt'
  const of = (verdict: Verdict) => runs.filter((run) => run.verdict === verdict)
  return { runs, endedBy, failed: of('fail'), unknown: of('unknown') }
}
