import { realClock } from '../../chaos/kernel/clock.ts'
import { triggers } from '../../scenarios/simulation/triggers/list.ts'
import { readMutants } from './list.ts'
import { type ControlRow, controlRow, type MutantRow, mutantRow } from './matrix.ts'
import { controlLine, type Matrix, mutantLine } from './matrix-in-words.ts'
import type { Mutant } from './mutant.ts'
import { RunsSoFar } from './runs-so-far.ts'
import { shownWhere } from './shown-where.ts'
import { triggerOf } from './trigger-of.ts'
import { isCaught } from './try-mutant.ts'
import type { SeedsAsked, SeedTried } from './try-seeds.ts'
import { trySeedsInParallel } from './try-seeds-in-parallel.ts'

export interface SimulatedMatrixOptions {
  readonly seeds: readonly string[]
  readonly threadsMax: number
  readonly signal: AbortSignal
  /** Each row in words, when its last run has ended. */
  tell(text: string): void
  /** How far it has come, now and then. */
  progress(text: string): void
}

/** What is played for one row of the matrix. */
interface Row {
  readonly asked: SeedsAsked
  readonly tries: SeedTried[]
  isAsItShouldBe(tried: SeedTried): boolean
  /** All its runs have ended. */
  end(): void
}

/**
 * Plays these mutants, and the honest service under the same triggers, in simulation. But for how long it took, the
 * matrix and its lines are the same on any number of threads.
 */
export async function simulatedMatrix(
  chosen: readonly Mutant[],
  { seeds, threadsMax, signal, tell, progress }: SimulatedMatrixOptions,
): Promise<Matrix> {
  const startedMs = performance.now()
  const mutants: MutantRow[] = []
  const control: ControlRow[] = []
  const rows = [
    ...chosen
      .filter(({ simulation }) => simulation !== undefined)
      .map((mutant) =>
        rowOf(mutant, seeds, (row) => {
          mutants.push(row)
          tell(mutantLine(row))
        }),
      ),
    ...triggersFor(chosen).map((trigger) =>
      rowOfControl(trigger, seeds, (row) => {
        control.push(row)
        tell(controlLine(row))
      }),
    ),
  ]
  const runs = rows.length * seeds.length
  const kinds = ['as it should be', 'not'] as const
  const soFar = new RunsSoFar({ runs, kinds, clock: realClock, out: progress })
  await trySeedsInParallel(
    rows.map(({ asked }) => asked),
    {
      threadsMax,
      signal,
      tell(tried, of) {
        const row = rows[of] as Row
        row.tries.push(tried)
        if (row.tries.length === seeds.length) row.end()
        soFar.see(row.isAsItShouldBe(tried) ? 'as it should be' : 'not')
      },
    },
  )
  return {
    format: 'seawall-mutants',
    version: 1,
    where: 'simulation',
    seeds: seeds.length,
    mutants,
    control,
    shown: shownWhere(await readMutants()),
    experimentsPerHour: (runs * 3_600_000) / (performance.now() - startedMs),
  }
}

function rowOf(mutant: Mutant, seeds: readonly string[], ended: (row: MutantRow) => void): Row {
  const { name } = triggerOf(mutant)
  const tries: SeedTried[] = []
  return {
    asked: { mutant: mutant.id, triggers: [name], seeds },
    tries,
    isAsItShouldBe: (tried) => isCaught(tried, mutant),
    end: () => ended(mutantRow(mutant, name, tries)),
  }
}

function rowOfControl(trigger: string, seeds: readonly string[], ended: (row: ControlRow) => void): Row {
  const tries: SeedTried[] = []
  return {
    asked: { triggers: [trigger], seeds },
    tries,
    isAsItShouldBe: ({ outcome }) => outcome.verdict === 'pass',
    end: () => ended(controlRow(trigger, tries)),
  }
}

/** The triggers of these mutants, each once, in the order of their own list. */
function triggersFor(chosen: readonly Mutant[]): readonly string[] {
  const names = new Set(chosen.map(({ simulation }) => simulation))
  return triggers.map(({ name }) => name).filter((name) => names.has(name))
}
