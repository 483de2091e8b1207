import type { Clock } from '../clock.ts'
import type { Log } from '../telemetry/log.ts'
import { type CompareTerms, compareCanary } from './compare.ts'
import { type Counts, servedBetween, servedTogether } from './served.ts'

export const versions = ['old', 'new'] as const
export type Version = (typeof versions)[number]

/** The port to whoever runs the replicas: an orchestrator, processes, or the simulation. */
export interface Rollout {
  /** The places of the replicas, in the order in which they are replaced. */
  readonly slots: readonly string[]
  /** The other places that do the same work: who a canary is compared with. */
  peersOf(slot: string): readonly string[]
  /** Drains whoever is there, and starts this version in its place. Rejects unless that one is ready in good time. */
  replace(slot: string, version: Version): Promise<void>
  /** What the replica in this place has counted; undefined if it does not say. */
  counts(slot: string): Promise<Counts | undefined>
}

export const strategies = ['canary', 'rolling'] as const
export type Strategy = (typeof strategies)[number]

export interface ReleaseParts {
  readonly rollout: Rollout
  readonly strategy: Strategy
  readonly terms: CompareTerms
  /** How long a canary is looked at before the others follow; it is ended at the first look at which it is worse. */
  readonly bakeMs: number
  /** Who has seen too few requests until then has seen nothing: the release is taken back. */
  readonly bakeMsMax: number
  readonly everyMs: number
  readonly clock: Clock
  readonly log: Log
}

export type ReleaseEnd =
  | { readonly kind: 'released' }
  | { readonly kind: 'rolled back'; readonly reason: string }
  /** Not even the old version could be started again in these places. */
  | { readonly kind: 'stuck'; readonly reason: string; readonly slots: readonly string[] }

/**
 *     canary:  the first of each role ──► bake: worse than its peers? ──no──► its peers, one by one ──► released
 *                    │                              │ yes                          │
 *     rolling: ──────┼──────────────────────────────┼────────► one by one ─────────┤
 *                    ▼ does not become ready        ▼                              ▼ does not become ready
 *                                          newest first: the old version again ──► rolled back
 *
 * One place at a time, so that all others serve. Aborting the signal takes the release back too. Who reads is to be
 * released before who writes: the order of the places is the caller's.
 */
export async function release(parts: ReleaseParts, signal: AbortSignal): Promise<ReleaseEnd> {
  const { rollout, strategy, log } = parts
  const replaced: string[] = []
  try {
    for (const slot of rollout.slots) {
      signal.throwIfAborted()
      replaced.push(slot)
      await rollout.replace(slot, 'new')
      log.info({ slot }, 'runs the new version')
      const peers = rollout.peersOf(slot)
      const isFirst = !peers.some((peer) => replaced.includes(peer))
      if (strategy === 'canary' && isFirst) await bake(parts, slot, peers, signal)
    }
    return { kind: 'released' }
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    log.warn({ reason }, 'the release is taken back')
    return rollBack(parts, replaced, reason)
  }
}

/** Resolves when the canary was looked at for long enough, and rejects as soon as it is worse than the others. */
async function bake(
  { rollout, terms, bakeMs, bakeMsMax, everyMs, clock }: ReleaseParts,
  canary: string,
  peers: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (peers.length === 0) throw new Error(`${canary} has no peer that it could be compared with`)
  const slots = [canary, ...peers]
  const look = () => Promise.all(slots.map((slot) => rollout.counts(slot)))
  const before = await look()
  const startedMs = clock.nowMs()
  for (;;) {
    await clock.sleep(everyMs, signal)
    const after = await look()
    if (after[0] === undefined) throw new Error('the canary does not say what it does')
    const [own, ...rest] = after.map((counts, at) => servedBetween(before[at], counts)) as [
      Counts,
      ...Counts[],
    ]
    const comparison = compareCanary(servedTogether([own]), servedTogether(rest), terms)
    if (comparison.kind === 'bad') throw new Error(`the canary is worse: ${comparison.reason}`)
    const passedMs = clock.nowMs() - startedMs
    if (comparison.kind === 'good' && passedMs >= bakeMs) return
    if (passedMs >= bakeMsMax) throw new Error('the canary got too few requests to be judged')
  }
}

async function rollBack(
  { rollout, log }: ReleaseParts,
  replaced: readonly string[],
  reason: string,
): Promise<ReleaseEnd> {
  const stuck: string[] = []
  for (const slot of replaced.toReversed()) {
    await rollout.replace(slot, 'old').catch((cause) => {
      log.error({ slot, cause: String(cause) }, 'the old version does not start again')
      stuck.push(slot)
    })
  }
  return stuck.length === 0 ? { kind: 'rolled back', reason } : { kind: 'stuck', reason, slots: stuck }
}
