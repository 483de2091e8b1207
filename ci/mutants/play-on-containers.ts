import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { disksFor } from '../play/on-disks-for.ts'
import { prepare } from '../setup/bring-up.ts'
import { playContainerRows, triggersOf } from './container-matrix.ts'
import { openSession } from './containers-session.ts'
import { readMutants } from './list.ts'
import type { Matrix } from './matrix-in-words.ts'
import { controlLine, mutantLine } from './matrix-in-words.ts'
import type { Mutant } from './mutant.ts'
import { type ContainerMutant, showsOnContainers } from './on-containers.ts'
import { shownWhere } from './shown-where.ts'

export interface PlayOnContainersOptions {
  readonly seeds: readonly string[]
  /** The folder of `runs/`; the matrix is kept there too. */
  readonly reportsRoot: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  /** The matrix, line by line. */
  tell(text: string): void
  progress(text: string): void
}

/** Plays mutants, and the honest service under their triggers, on real parts that come up once; leaves the matrix. */
export async function playOnContainers(
  chosen: readonly ContainerMutant[],
  options: PlayOnContainersOptions,
): Promise<Matrix> {
  const { seeds, reportsRoot, env, signal, tell, progress } = options
  const startedMs = performance.now()
  const { images } = await prepare({ out: progress, env, signal })
  const disks = disksFor(triggersOf(chosen).flatMap(({ faults }) => faults))
  await using session = await openSession({ images, reportsRoot, disks, progress })
  const rows = await playContainerRows(chosen, {
    session,
    seeds,
    signal,
    progress,
    seeMutant: (row) => tell(mutantLine(row)),
    seeControl: (row) => tell(controlLine(row)),
  })
  const runs = (rows.mutants.length + rows.control.length) * seeds.length
  const matrix: Matrix = {
    format: 'seawall-mutants',
    version: 1,
    where: 'containers',
    seeds: seeds.length,
    ...rows,
    shown: shownWhere(await readMutants()),
    experimentsPerHour: (runs * 3_600_000) / (performance.now() - startedMs),
  }
  const path = join(session.folder, 'mutants.json')
  await writeFile(path, `${JSON.stringify(matrix, null, 2)}\n`)
  progress(`the matrix is kept in ${path}`)
  return matrix
}

/** Those that containers can show; `notThere` gets each of the others. */
export function onContainers(
  chosen: readonly Mutant[],
  notThere: (mutant: Mutant) => void,
): readonly ContainerMutant[] {
  for (const mutant of chosen) if (!showsOnContainers(mutant)) notThere(mutant)
  return chosen.filter(showsOnContainers)
}
