import type { FixedFault } from '../../chaos/schedule/schedule-text.ts'
import { type Shrunk, shrink } from '../../chaos/schedule/shrink.ts'

export type Fails = (faults: readonly FixedFault[]) => Promise<boolean>

export interface ShrinkOptions {
  readonly faults: readonly FixedFault[]
  /** One run on containers. */
  readonly failsOnce: Fails
  /** The simulation, where the whole schedule fails in it. */
  readonly failsSimulated: Fails | undefined
  /** A subset is given up after so many runs that did not fail: containers are not deterministic. */
  readonly tries: number
  /** No run on containers is begun after so many. */
  readonly runsMax: number
  tell(text: string): void
}

export interface ShrinkReport {
  readonly faults: readonly FixedFault[]
  /** Where it was seen to fail at last. */
  readonly seen: 'on containers' | 'in the simulation only'
  readonly runs: number
  /** How sure it is, in words. */
  readonly sureness: string
}

/**
 * The fewest faults that still break what the run broke. The simulation is asked first: where the failure shows there,
 * the containers only confirm what it found. undefined where the whole schedule did not fail again.
 */
export async function shrinkRun(options: ShrinkOptions): Promise<ShrinkReport | undefined> {
  const containers = new ContainerRuns(options)
  const simulated = await shrinkSimulated(options)
  if (simulated !== undefined) {
    options.tell(`the simulation fails with ${simulated.items.length} of them; confirming on containers`)
    if (await containers.fails(simulated.items)) return reportOf(simulated, containers, options)
    options.tell('the containers do not fail with these alone; shrinking on containers')
  }
  const shrunk = await shrink(options.faults, (faults) => containers.fails(faults))
  if (shrunk !== undefined) return reportOf(shrunk, containers, options)
  if (simulated === undefined) return undefined
  const sureness = 'no run on containers failed: it was rare there, or is an error of the simulation'
  return { faults: simulated.items, seen: 'in the simulation only', runs: containers.count, sureness }
}

async function shrinkSimulated({
  faults,
  failsSimulated,
  tell,
}: ShrinkOptions): Promise<Shrunk<FixedFault> | undefined> {
  if (failsSimulated === undefined) {
    tell('the failure does not show in the simulation; shrinking on containers')
    return undefined
  }
  return shrink(faults, failsSimulated)
}

/** Runs on containers, counted. */
class ContainerRuns {
  count = 0
  isOver = false
  readonly #options: ShrinkOptions

  constructor(options: ShrinkOptions) {
    this.#options = options
  }

  async fails(faults: readonly FixedFault[]): Promise<boolean> {
    const { tries, runsMax, failsOnce } = this.#options
    for (let attempt = 1; attempt <= tries; attempt += 1) {
      if (this.count >= runsMax) {
        this.isOver = true
        return false
      }
      this.count += 1
      if (await failsOnce(faults)) return true
    }
    return false
  }
}

function reportOf(
  shrunk: Shrunk<FixedFault>,
  { count, isOver }: ContainerRuns,
  { tries }: ShrinkOptions,
): ShrinkReport {
  const missed = Math.round(100 * 0.5 ** tries)
  const sureness = isOver
    ? `the ${count} runs were over before every subset was tried: fewer faults may do`
    : `a smaller set that fails in half of its runs would have been missed with ${missed} %`
  return { faults: shrunk.items, seen: 'on containers', runs: count, sureness }
}
