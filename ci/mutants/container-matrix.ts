import type { ContainerTrigger } from './container-triggers/container-trigger.ts'
import type { ContainersSession } from './containers-session.ts'
import type { ControlRow, MutantRow } from './matrix.ts'
import {
  type ContainerMutant,
  type ContainerTrial,
  containerTriggerOf,
  type MutantTrial,
  tryHonest,
  tryOnContainers,
} from './on-containers.ts'
import { wilsonInterval } from './wilson.ts'

export interface ContainerRows {
  readonly mutants: readonly MutantRow[]
  readonly control: readonly ControlRow[]
}

export interface PlayRowsOptions {
  readonly session: ContainersSession
  readonly seeds: readonly string[]
  readonly signal: AbortSignal
  /** What happens within a trial. */
  progress(text: string): void
  /** A row as soon as it is known. */
  seeMutant(row: MutantRow): void
  seeControl(row: ControlRow): void
}

/** Plays each mutant with each seed, one after the other, and then the honest service under each of their triggers. */
export async function playContainerRows(
  chosen: readonly ContainerMutant[],
  options: PlayRowsOptions,
): Promise<ContainerRows> {
  const { seeds, session, signal, progress } = options
  const tryEach = async <Trial>(play: (trial: { seed: string }) => Promise<Trial>) => {
    const trials: Trial[] = []
    for (const seed of seeds) {
      signal.throwIfAborted()
      trials.push(await play({ seed }))
    }
    return trials
  }
  const mutants: MutantRow[] = []
  for (const mutant of chosen) {
    progress(`${mutant.id}, which ${mutant.title}`)
    const row = mutantRowOf(
      mutant,
      await tryEach(({ seed }) => tryOnContainers(mutant, { session, seed, signal, progress })),
    )
    mutants.push(row)
    options.seeMutant(row)
  }
  const control: ControlRow[] = []
  for (const trigger of triggersOf(chosen)) {
    progress(`the honest service under ${trigger.name}`)
    const row = controlRowOf(
      trigger.name,
      await tryEach(({ seed }) => tryHonest(trigger, { session, seed, signal, progress })),
    )
    control.push(row)
    options.seeControl(row)
  }
  return { mutants, control }
}

/** The triggers of these mutants, each once. */
export function triggersOf(chosen: readonly ContainerMutant[]): readonly ContainerTrigger[] {
  return [...new Set(chosen.map(containerTriggerOf))]
}

type Tried = Omit<ContainerTrial, 'played'>

export function mutantRowOf(
  mutant: ContainerMutant,
  trials: readonly (Tried & Pick<MutantTrial, 'isCaught'>)[],
): MutantRow {
  const missed = trials.filter(({ isCaught }) => !isCaught)
  const caught = trials.length - missed.length
  const names = trials.flatMap(({ reported }) => reported)
  const counts = Object.entries(Object.groupBy(names, (name) => name))
  return {
    id: mutant.id,
    title: mutant.title,
    caughtAs: mutant.containers.caughtAs ?? mutant.caughtAs,
    trigger: mutant.containers.trigger,
    caught,
    tries: trials.length,
    ...wilsonInterval(caught, trials.length),
    reported: Object.fromEntries(counts.map(([name, all = []]) => [name, all.length])),
    missedSeeds: missed.map(({ seed }) => seed),
    toVerdictMs: mean(trials.map(({ toVerdictMs }) => toVerdictMs)),
    tookMs: mean(trials.map(({ tookMs }) => tookMs)),
  }
}

export function controlRowOf(trigger: string, trials: readonly Tried[]): ControlRow {
  const accused = trials.filter(({ verdict }) => verdict === 'fail')
  return {
    trigger,
    accused: accused.length,
    unknown: trials.filter(({ verdict }) => verdict === 'unknown').length,
    tries: trials.length,
    ...wilsonInterval(accused.length, trials.length),
    accusedSeeds: accused.map(({ seed }) => seed),
    reasons: trials.filter(({ verdict }) => verdict !== 'pass').map(({ sentence }) => sentence),
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
}
