import { createJudge, type JudgedPromise, type JudgeOutcome } from '../../chaos/checkers/judge.ts'
import { worstVerdict } from '../../chaos/kernel/verdict.ts'
import { beginObjectives } from '../../chaos/slo/begin-objectives.ts'
import type { ObjectiveResult } from '../../chaos/slo/objective.ts'
import { serviceProgram } from '../../scenarios/simulation/service-program.ts'
import { type SimulatedRun, simulate } from '../../scenarios/simulation/simulate.ts'
import type { Program } from '../../scenarios/simulation/simulated-process.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import { honestRoot, mutantsOf } from './list.ts'
import type { Mutant } from './mutant.ts'
import { patchedFiles } from './patched-files.ts'

export interface Try {
  readonly outcome: JudgeOutcome
  /** How long the run would have taken on a clock. */
  readonly virtualMs: number
  /** How long it took here, judging included. */
  readonly tookMs: number
}

/** The history's classes and the trigger's promises on one side, its objectives on the other. */
export function judgeParts(
  run: SimulatedRun,
  trigger: Trigger,
): { readonly outcome: JudgeOutcome; readonly objectives: readonly ObjectiveResult[] } {
  const judge = createJudge(trigger.promises)
  const objectives = beginObjectives(trigger.objectives ?? [], run.load, () => run.loadStartedMs)
  for (const line of run.history) {
    judge.see(line)
    objectives.see(line)
  }
  return { outcome: judge.end(), objectives: objectives.end() }
}

/** Everything that a simulated run is judged by, as promises. */
export function judgeSimulated(run: SimulatedRun, trigger: Trigger): Pick<Try, 'outcome'> {
  const { outcome, objectives } = judgeParts(run, trigger)
  const promises = [...outcome.promises, ...objectives.map(asPromise)]
  const verdict = worstVerdict([outcome.verdict, ...promises.map((promise) => promise.verdict)])
  return { outcome: { ...outcome, promises, verdict } }
}

function asPromise({ name, promise, verdict, samples, reasons }: ObjectiveResult): JudgedPromise {
  return { name, promise, verdict, examined: samples, counts: {}, examples: [], reasons }
}

/** One simulated run under a trigger, beside the version before where the trigger wants both. */
export async function playProgram(
  program: Program,
  trigger: Trigger,
  seed: string,
  log?: (text: string) => void,
): Promise<SimulatedRun> {
  const previous = trigger.isMixed ? await honestProgram() : undefined
  return simulate({ seed, program, trigger, previous, log })
}

/** One simulated run under a trigger, judged. */
export async function tryProgram(program: Program, trigger: Trigger, seed: string): Promise<Try> {
  const startedMs = performance.now()
  const run = await playProgram(program, trigger, seed)
  return { ...judgeSimulated(run, trigger), virtualMs: run.virtualMs, tookMs: performance.now() - startedMs }
}

let honest: Promise<Program> | undefined

function honestProgram(): Promise<Program> {
  honest ??= serviceProgram(honestRoot)
  return honest
}

/** The service with this mutant's bug, by its id; the honest one if left out. */
export async function programOf(id: string | undefined): Promise<Program> {
  if (id === undefined) return honestProgram()
  const [mutant] = await mutantsOf([id])
  return mutantProgram(mutant as Mutant)
}

/** The service with this bug, compiled; nothing is written to the disk. */
export async function mutantProgram(mutant: Mutant): Promise<Program> {
  return serviceProgram(honestRoot, await patchedFiles(mutant))
}

/** Does the run report what the mutant must be caught as? A class of the history, or a promise by its name. */
export function isCaught({ outcome }: Try, { caughtAs }: Mutant): boolean {
  if (caughtAs in outcome.result.counts) {
    return outcome.verdict === 'fail' && outcome.result.counts[caughtAs as 'lost'] > 0
  }
  return outcome.promises.some(({ name, verdict }) => name === caughtAs && verdict === 'fail')
}
