import { guardRun, type RunGuard } from '../../chaos/safety/guard-run.ts'
import { partLabel } from '../../system-under-test/topology/shared-order-intake.ts'

/**
 * A longer undertaking that a run is a part of. Everything that the part starts carries the owner's labels, so that its
 * faults may touch the owner's containers and nothing else, and the owner's reaper heals and removes all of it.
 */
export interface OwningRun {
  readonly runId: string
  readonly guard: Pick<RunGuard, 'journal' | 'labels'>
}

type Guard = OwningRun['guard'] & AsyncDisposable

/** A guard of the run's own; or the owner's, which outlives the run, with a label that tells its parts apart. */
export async function guardOf(
  owner: OwningRun | undefined,
  run: { readonly runId: string; readonly folder: string },
): Promise<Guard> {
  if (owner === undefined) return guardRun(run)
  const { journal, labels } = owner.guard
  return {
    journal,
    labels: { ...labels, [partLabel]: run.runId },
    [Symbol.asyncDispose]: async () => {},
  }
}
