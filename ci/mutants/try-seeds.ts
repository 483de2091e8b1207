import type { JudgeOutcome } from '../../chaos/checkers/judge.ts'
import type { Verdict } from '../../chaos/kernel/verdict.ts'
import { serviceProgram } from '../../scenarios/simulation/service-program.ts'
import { honestRoot, mutantsOf } from './list.ts'
import { triggerNamed } from './trigger-of.ts'
import { mutantProgram, tryProgram } from './try-mutant.ts'

/** Which runs are to be played. Plain data, so that a worker thread can be handed a share of them. */
export interface SeedsAsked {
  /** The id of the mutant; the honest service if left out. */
  readonly mutant?: string
  /** By their names; a seed's trigger is the one at (seed mod length). */
  readonly triggers: readonly string[]
  readonly seeds: readonly number[]
}

export interface SeedTried {
  readonly seed: number
  readonly trigger: string
  readonly verdict: Verdict
  /** Of everything that is not pass. */
  readonly reasons: readonly string[]
}

/** Plays the runs one after the other, and gives each as it ends. */
export async function* trySeeds({ mutant: id, triggers, seeds }: SeedsAsked): AsyncGenerator<SeedTried> {
  const [mutant] = id === undefined ? [] : await mutantsOf([id])
  const program = mutant === undefined ? await serviceProgram(honestRoot) : await mutantProgram(mutant)
  const under = triggers.map(triggerNamed)
  for (const seed of seeds) {
    const trigger = triggerAt(under, seed)
    const { outcome } = await tryProgram(program, trigger, String(seed))
    yield { seed, trigger: trigger.name, verdict: outcome.verdict, reasons: reasonsOf(outcome) }
  }
}

/** Seeds go through the triggers in turn. */
export function triggerAt<Trigger>(triggers: readonly Trigger[], seed: number): Trigger {
  return triggers[seed % triggers.length] as Trigger
}

export function reasonsOf({ result, promises }: JudgeOutcome): readonly string[] {
  const broken = promises.filter(({ verdict }) => verdict !== 'pass').flatMap((one) => one.reasons)
  return [...new Set([...result.reasons, ...broken])]
}
