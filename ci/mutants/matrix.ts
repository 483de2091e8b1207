import type { Program } from '../../scenarios/simulation/simulated-process.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import type { Mutant } from './mutant.ts'
import { isCaught, type Try, tryProgram } from './try-mutant.ts'
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

export async function mutantRow(
  mutant: Mutant,
  program: Program,
  trigger: Trigger,
  seeds: readonly string[],
): Promise<MutantRow> {
  const tries = await triesOf(program, trigger, seeds)
  const missed = seeds.filter((_, at) => !isCaught(tries[at] as Try, mutant))
  const caught = seeds.length - missed.length
  return {
    id: mutant.id,
    title: mutant.title,
    caughtAs: mutant.caughtAs,
    trigger: trigger.name,
    caught,
    tries: seeds.length,
    ...wilsonInterval(caught, seeds.length),
    reported: reportedBy(tries),
    missedSeeds: missed,
    toVerdictMs: mean(tries.map(({ virtualMs }) => virtualMs)),
    tookMs: mean(tries.map(({ tookMs }) => tookMs)),
  }
}

export async function controlRow(
  program: Program,
  trigger: Trigger,
  seeds: readonly string[],
): Promise<ControlRow> {
  const tries = await triesOf(program, trigger, seeds)
  const verdictOf = (at: number) => tries[at]?.outcome.verdict
  const accusedSeeds = seeds.filter((_, at) => verdictOf(at) === 'fail')
  const reasons = tries
    .flatMap(({ outcome }) => outcome.promises)
    .flatMap((promise) => (promise.verdict === 'pass' ? [] : promise.reasons))
  return {
    trigger: trigger.name,
    accused: accusedSeeds.length,
    unknown: seeds.filter((_, at) => verdictOf(at) === 'unknown').length,
    tries: seeds.length,
    ...wilsonInterval(accusedSeeds.length, seeds.length),
    accusedSeeds,
    reasons: [...new Set(reasons)].slice(0, 10),
  }
}

async function triesOf(program: Program, trigger: Trigger, seeds: readonly string[]): Promise<Try[]> {
  const tries: Try[] = []
  for (const seed of seeds) tries.push(await tryProgram(program, trigger, seed))
  return tries
}

function reportedBy(tries: readonly Try[]): Record<string, number> {
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
