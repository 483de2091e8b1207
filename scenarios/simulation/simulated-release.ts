import type { ApiReplica } from '../../system-under-test/api/replica.ts'
import type { SubmitOrder } from '../../system-under-test/api/submit-order.ts'
import type { usualTerms } from '../../system-under-test/release/compare.ts'
import type { ReleaseEnd, Rollout, release, Version } from '../../system-under-test/release/release.ts'
import type { Counts } from '../../system-under-test/release/served.ts'
import { clockOf, whileAlive } from './ports.ts'
import { exportOf, type ProcessParts, simulatedLog } from './service-processes.ts'
import type { Running, SimulatedReplica } from './simulated-replica.ts'
import type { VirtualTime } from './virtual-time.ts'
import type { Reading } from './world.ts'

/** A release of the API in the middle of a run: the new version is the same program with other settings. */
export interface PlannedRelease {
  /** From the start of the load. */
  readonly atMs: number
  readonly settings: Readonly<Record<string, string>>
}

/** What a container needs to start, with a Node process in it. */
const startMs = 1_500
const readyWithinMs = 20_000
const graceMs = 10_000
const lookEveryMs = 50
const boundsMs = [5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, Number.POSITIVE_INFINITY]

/** Whoever runs the API's replicas here: it replaces them, and counts what they answer. */
export class SimulatedRollout implements Rollout {
  readonly #replicas = new Map<string, SimulatedReplica<ApiReplica>>()
  readonly #time: VirtualTime
  readonly #new = new Set<string>()
  readonly #answers = new Map<string, { status: number; ms: number }[]>()

  constructor(time: VirtualTime) {
    this.#time = time
  }

  add(replica: SimulatedReplica<ApiReplica>): void {
    this.#replicas.set(replica.name, replica)
  }

  get slots(): readonly string[] {
    return [...this.#replicas.keys()]
  }

  peersOf(slot: string): readonly string[] {
    return this.slots.filter((other) => other !== slot)
  }

  isNew(name: string): boolean {
    return this.#new.has(name)
  }

  /** How many replicas run the new version, and which end the release came to. */
  readings(end: ReleaseEnd['kind'] | undefined): readonly Reading[] {
    return [
      ['new-replicas', this.#new.size],
      ['released', end === 'released' ? 1 : 0],
      ['rolled-back', end === 'rolled back' ? 1 : 0],
    ]
  }

  /** The same door, with its answers counted from now on. */
  counted(name: string, submit: SubmitOrder): SubmitOrder {
    const answers: { status: number; ms: number }[] = []
    this.#answers.set(name, answers)
    return async (request) => {
      const startedMs = this.#time.nowMs()
      const answer = await submit(request)
      answers.push({ status: answer.status, ms: this.#time.nowMs() - startedMs })
      return answer
    }
  }

  async replace(slot: string, version: Version): Promise<void> {
    const replica = this.#replicas.get(slot) as SimulatedReplica<ApiReplica>
    replica.stop(graceMs)
    while (replica.isAlive) await this.#time.sleep(lookEveryMs)
    if (version === 'new') this.#new.add(slot)
    else this.#new.delete(slot)
    await this.#time.sleep(startMs)
    replica.start()
    const untilMs = this.#time.nowMs() + readyWithinMs
    while (!replica.running?.isReady()) {
      if (this.#time.nowMs() > untilMs) throw new Error(`${slot} is not ready after ${readyWithinMs} ms`)
      await this.#time.sleep(lookEveryMs)
    }
  }

  async counts(slot: string): Promise<Counts | undefined> {
    if (!this.#replicas.get(slot)?.isAlive) return undefined
    const answers = this.#answers.get(slot) ?? []
    return {
      requests: answers.length,
      errors: answers.filter(({ status }) => status === 429 || status >= 500).length,
      within: boundsMs.map((bound) => ({ ms: bound, count: answers.filter(({ ms }) => ms <= bound).length })),
    }
  }
}

/** The process that releases: it runs until its release has ended, one way or the other. */
export class SimulatedRelease implements Running {
  readonly #over = new AbortController()
  end: ReleaseEnd['kind'] | undefined

  constructor(parts: ProcessParts, rollout: SimulatedRollout) {
    const { process, time } = parts
    exportOf<typeof release>(parts, 'release')(
      {
        rollout: {
          slots: rollout.slots,
          peersOf: (slot) => rollout.peersOf(slot),
          ...whileAlive(process, portOf(rollout)),
        },
        strategy: 'canary',
        terms: exportOf<typeof usualTerms>(parts, 'usualTerms'),
        bakeMs: 5_000,
        bakeMsMax: 20_000,
        everyMs: 500,
        clock: clockOf(process, time, parts.skewMs),
        log: simulatedLog(parts),
      },
      this.#over.signal,
    ).then(({ kind }) => {
      this.end = kind
    })
  }

  async stop(): Promise<void> {
    this.#over.abort(new Error('the release is called off'))
  }
}

function portOf(rollout: Rollout): Pick<Rollout, 'replace' | 'counts'> {
  return {
    replace: (slot, version) => rollout.replace(slot, version),
    counts: (slot) => rollout.counts(slot),
  }
}
