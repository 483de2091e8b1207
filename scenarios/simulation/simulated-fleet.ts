import type { Fleet } from '../../system-under-test/scaling/autoscaler.ts'
import type { QueueReading } from '../../system-under-test/scaling/demand.ts'
import type { createScaler, Scaler } from '../../system-under-test/scaling/scaler.ts'
import type { readScalingSettings } from '../../system-under-test/scaling/scaling-settings.ts'
import type { Worker } from '../../system-under-test/worker/worker.ts'
import { clockOf, whileAlive } from './ports.ts'
import { exportOf, type ProcessParts, simulatedLog } from './service-processes.ts'
import type { SimulatedReplica } from './simulated-replica.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Reading } from './world.ts'

/** How many workers there are; where the two differ an autoscaler decides. */
export interface Scaling {
  readonly workersMin: number
  readonly workersMax: number
}

/** 1.5 s: what a container with a Node process took to take its first order on a busy machine. */
const startMs = 1_500
const lookEveryMs = 20

/** Whoever runs the workers here: the other side of the autoscaler's port. It outlives every autoscaler. */
export class SimulatedFleet implements Fleet {
  readonly #workers: readonly SimulatedReplica<Worker>[]
  readonly #time: VirtualTime
  readonly #starting = new Set<SimulatedReplica<Worker>>()
  readonly #leaving = new Set<SimulatedReplica<Worker>>()

  /** Workers in the order in which they are started; sent home is the last one first. */
  constructor(workers: readonly SimulatedReplica<Worker>[], time: VirtualTime) {
    this.#workers = workers
    this.#time = time
  }

  /** How many there are, and how many of them take orders. */
  readings(): readonly Reading[] {
    const meant = this.#workers.filter((worker) => this.#isMeant(worker))
    return [
      ['workers', meant.length],
      ['workers-ready', meant.filter((worker) => worker.running?.isReady()).length],
    ]
  }

  async count(): Promise<number> {
    return this.#workers.filter((worker) => this.#isMeant(worker)).length
  }

  async grow(): Promise<void> {
    const next = this.#workers.find((worker) => !this.#isMeant(worker) && !this.#leaving.has(worker))
    if (next === undefined) throw new Error('there is no room for another worker')
    this.#starting.add(next)
    await this.#time.sleep(startMs)
    this.#starting.delete(next)
    next.start()
  }

  async shrink(graceMs: number): Promise<void> {
    const last = this.#workers.findLast((worker) => worker.isAlive && this.#isMeant(worker))
    if (last === undefined) throw new Error('there is no worker to send home')
    this.#leaving.add(last)
    last.stop(graceMs)
    while (last.isAlive) await this.#time.sleep(lookEveryMs)
    this.#leaving.delete(last)
  }

  #isMeant(worker: SimulatedReplica<Worker>): boolean {
    return (worker.isAlive || this.#starting.has(worker)) && !this.#leaving.has(worker)
  }
}

/** An autoscaler process, wired to the fleet and, by its link to the broker, to the broker's counts. */
export function bootScaler(parts: ProcessParts, fleet: Fleet, counts: { reading(): QueueReading }): Scaler {
  const { process, time, settings, links } = parts
  const gauge = {
    async read() {
      await time.sleep(links.broker.crossingMs())
      if (links.broker.refuses()) throw new Error('connect ECONNREFUSED')
      return counts.reading()
    },
  }
  return exportOf<typeof createScaler>(
    parts,
    'createScaler',
  )({
    settings: exportOf<typeof readScalingSettings>(parts, 'readScalingSettings')(settings),
    gauge: whileAlive(process, gauge),
    fleet: whileAlive<Fleet>(process, fleet),
    clock: clockOf(process, time, parts.skewMs),
    log: simulatedLog(parts),
  })
}
