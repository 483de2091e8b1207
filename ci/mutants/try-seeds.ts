import type { JudgeOutcome } from '../../chaos/checkers/judge.ts'
import type { Program } from '../../scenarios/simulation/simulated-process.ts'
import { triggerNamed } from './trigger-of.ts'
import { programOf, type Try, tryProgram } from './try-mutant.ts'

/** Which runs are to be played. Plain data, so that a worker thread can be handed a share of them. */
export interface SeedsAsked {
  /** The id of the mutant; the honest service if left out. */
  readonly mutant?: string
  /** By their names; see {@link triggerAt}. */
  readonly triggers: readonly string[]
  readonly seeds: readonly string[]
}

/** How one run ended. Plain data as well. */
export interface SeedTried extends Try {
  readonly seed: string
  readonly trigger: string
}

/** Plays the runs one after the other, and gives each as it ends. */
export async function* trySeeds({ mutant, triggers, seeds }: SeedsAsked): AsyncGenerator<SeedTried> {
  const program = await compiled(mutant)
  const under = triggers.map(triggerNamed)
  for (const seed of seeds) {
    const trigger = triggerAt(under, seed)
    yield { seed, trigger: trigger.name, ...(await tryProgram(program, trigger, seed)) }
  }
}

let last: { readonly mutant: string | undefined; readonly program: Promise<Program> } | undefined

/** Kept for the next share of the same service: compiling it takes as long as a few runs. */
function compiled(mutant: string | undefined): Promise<Program> {
  if (last === undefined || last.mutant !== mutant) last = { mutant, program: programOf(mutant) }
  return last.program
}

/** Seeds go through the triggers in turn; one that is no number plays under the first. */
export function triggerAt<Trigger>(triggers: readonly Trigger[], seed: string): Trigger {
  const number = /^\d+$/.test(seed) ? Number(seed) : 0
  return triggers[number % triggers.length] as Trigger
}

export function reasonsOf({ result, promises }: JudgeOutcome): readonly string[] {
  const broken = promises.filter(({ verdict }) => verdict !== 'pass').flatMap((one) => one.reasons)
  return [...new Set([...result.reasons, ...broken])]
}
