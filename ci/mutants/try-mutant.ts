import { createJudge, type JudgeOutcome } from '../../chaos/checkers/judge.ts'
import { serviceProgram } from '../../scenarios/simulation/service-program.ts'
import { simulate } from '../../scenarios/simulation/simulate.ts'
import type { Program } from '../../scenarios/simulation/simulated-process.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import type { Mutant } from './mutant.ts'
import { copyWithBug } from './source.ts'

export interface Try {
  readonly outcome: JudgeOutcome
  /** How long the run would have taken on a clock. */
  readonly virtualMs: number
  /** How long it took here, judging included. */
  readonly tookMs: number
}

/** One simulated run under a trigger, judged. */
export async function tryProgram(program: Program, trigger: Trigger, seed: string): Promise<Try> {
  const startedMs = performance.now()
  const { history, virtualMs } = await simulate({ seed, program, trigger })
  const judge = createJudge()
  for (const line of history) judge.see(line)
  return { outcome: judge.end(), virtualMs, tookMs: performance.now() - startedMs }
}

/** The service with this bug, compiled; nothing is left on the disk. */
export async function mutantProgram(mutant: Mutant): Promise<Program> {
  await using source = await copyWithBug(mutant)
  return await serviceProgram(source.root)
}

/** Does the run report what the mutant must be caught as? A class of the history, or a promise by its name. */
export function isCaught({ outcome }: Try, { caughtAs }: Mutant): boolean {
  if (caughtAs in outcome.result.counts) {
    return outcome.verdict === 'fail' && outcome.result.counts[caughtAs as 'lost'] > 0
  }
  return outcome.promises.some(({ name, verdict }) => name === caughtAs && verdict === 'fail')
}
