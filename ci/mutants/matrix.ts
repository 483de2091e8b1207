import type { Mutant } from './mutant.ts'
import { isCaught } from './try-mutant.ts'
import type { SeedTried } from './try-seeds.ts'
import { wilsonInterval } from './wilson.ts'

/** How often something was seen, and between which shares the true one lies with 95 % confidence. */
interface Share {
  readonly tries: number
  readonly low: number
  readonly high: number
}

export interface MutantRow extends Share {
  readonly id: string
  readonly title: string
  readonly caughtAs: string
  readonly trigger: string
  readonly caught: number
  /** What was reported in all tries together, by class or promise. */
  readonly reported: Readonly<Record<string, number>>
  readonly missedSeeds: readonly string[]
  /** Mean virtual time of a run, from its start to its verdict. */
  readonly toVerdictMs: number
  /** Mean time that a run took here. */
  readonly tookMs: number
}

export interface ControlRow extends Share {
  readonly trigger: string
  readonly accused: number
  /** Runs without a verdict: the trigger or the load is at fault then, and the control is worth nothing. */
  readonly unknown: number
  readonly accusedSeeds: readonly string[]
  readonly reasons: readonly string[]
}

/** What all tries of a mutant, under the same trigger, come to. */
export function mutantRow(mutant: Mutant, trigger: string, tries: readonly SeedTried[]): MutantRow {
  const missed = tries.filter((one) => !isCaught(one, mutant))
  const caught = tries.length - missed.length
  return {
    id: mutant.id,
    title: mutant.title,
    caughtAs: mutant.caughtAs,
    trigger,
    caught,
    tries: tries.length,
    ...wilsonInterval(caught, tries.length),
    reported: reportedBy(tries),
    missedSeeds: missed.map(({ seed }) => seed),
    toVerdictMs: mean(tries.map(({ virtualMs }) => virtualMs)),
    tookMs: mean(tries.map(({ tookMs }) => tookMs)),
  }
}

/** The same for the honest service. */
export function controlRow(trigger: string, tries: readonly SeedTried[]): ControlRow {
  const accused = tries.filter(({ outcome }) => outcome.verdict === 'fail')
  const reasons = tries
    .flatMap(({ outcome }) => outcome.promises)
    .flatMap((promise) => (promise.verdict === 'pass' ? [] : promise.reasons))
  return {
    trigger,
    accused: accused.length,
    unknown: tries.filter(({ outcome }) => outcome.verdict === 'unknown').length,
    tries: tries.length,
    ...wilsonInterval(accused.length, tries.length),
    accusedSeeds: accused.map(({ seed }) => seed),
    reasons: [...new Set(reasons)].slice(0, 10),
  }
}

function reportedBy(tries: readonly SeedTried[]): Record<string, number> {
  const reported: Record<string, number> = {}
  for (const { outcome } of tries) {
    for (const { name, verdict } of outcome.promises) {
      if (verdict === 'fail') reported[name] = (reported[name] ?? 0) + 1
    }
  }
  return reported
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
