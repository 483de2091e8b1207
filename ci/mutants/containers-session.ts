import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { realClock } from '../../chaos/kernel/clock.ts'
import { guardRun } from '../../chaos/safety/guard-run.ts'
import type { DiskOwner } from '../../system-under-test/topology/infrastructure.ts'
import { type SharedParts, startSharedParts } from '../../system-under-test/topology/shared-order-intake.ts'
import { replicas } from '../play/order-intake-system.ts'
import type { OwningRun } from '../play/owning-run.ts'
import type { ImageRefs } from '../setup/images.ts'

/**
 * What many trials share: broker, store and links, which are up once, and one guard over all of it. Disposing it removes
 * everything that any trial started; if this process dies, the session's reaper does.
 */
export interface ContainersSession extends AsyncDisposable {
  readonly owner: OwningRun
  readonly images: ImageRefs
  readonly reportsRoot: string
  /** The session's own folder, among those of the runs. */
  readonly folder: string
  /** Parts that answer: those of the trial before, or fresh ones where that one has harmed them. */
  parts(): Promise<SharedParts>
}

export interface SessionOptions {
  readonly images: ImageRefs
  /** The folder of `runs/`. */
  readonly reportsRoot: string
  /** Whose data the trials want on a disk of its own: it can be slow, full, or lose its power then. */
  readonly disks: readonly DiskOwner[]
  progress(text: string): void
}

/** Nothing is started before the first trial asks for its parts. */
export async function openSession({
  images,
  reportsRoot,
  disks,
  progress,
}: SessionOptions): Promise<ContainersSession> {
  const stamp = realClock.wallTime().toISOString().slice(0, 19).replaceAll(':', '-')
  const runId = `${stamp}Z-mutants-${process.pid}`
  const folder = join(reportsRoot, 'runs', 'mutants', runId)
  await mkdir(folder, { recursive: true })
  const guard = await guardRun({ runId, folder })
  let running: SharedParts | undefined
  return {
    owner: { runId, guard },
    images,
    reportsRoot,
    folder,
    async parts() {
      if (running !== undefined && (await running.areWell())) return running
      progress(
        running === undefined ? 'starting broker, store and links' : 'starting them anew: they were harmed',
      )
      await running?.[Symbol.asyncDispose]()
      running = await startSharedParts({ runId, labels: guard.labels, images, replicas, disks })
      return running
    },
    async [Symbol.asyncDispose]() {
      await running?.[Symbol.asyncDispose]()
      await guard[Symbol.asyncDispose]()
    },
  }
}
