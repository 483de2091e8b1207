import type { Readable } from 'node:stream'
import { inspect } from '../faults/docker-engine.ts'
import type { ContainerTarget, Target } from '../faults/target.ts'
import { endedByItself, watchedForEnds } from '../history/ends.ts'
import type { ObservationLine } from '../history/line.ts'
import type { Clock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'

/** A run's watch over its containers: which of them ended though nobody had asked the Engine for it? */
export interface EndsWatch {
  /** Ends the watch. What kept it from seeing everything, in words; empty where nothing did. Call once. */
  stop(): Promise<readonly string[]>
}

export interface WatchEndsOptions {
  readonly clock: Clock
  /** Milliseconds since the run began. */
  elapsedMs(): number
  see(line: ObservationLine): void
}

/** What the Engine tells of a container, as far as it matters here. */
interface EngineEvent {
  readonly Action: 'kill' | 'oom' | 'die' | 'start'
  readonly Actor: { readonly ID: string; readonly Attributes: Readonly<Record<string, string>> }
  readonly timeNano: number
}

// 10 s: an event comes within milliseconds of what it tells, from an Engine that has nothing else to do.
const toldWithinMs = 10_000

/**
 * Listens to the Engine from now on. A container that was asked to end (by a fault, a release, an autoscaler) is told
 * as `kill` before it is told as `die`; one that crashed, or met the OOM killer, is not.
 */
export async function watchEnds(targets: readonly Target[], options: WatchEndsOptions): Promise<EndsWatch> {
  const containers = targets.filter((target) => target.kind === 'container')
  const [first] = containers
  if (first === undefined) return { stop: async () => [] }
  try {
    const stream = await first.docker.getEvents({
      filters: {
        type: ['container'],
        container: containers.map(({ containerId }) => containerId),
        event: ['kill', 'oom', 'die', 'start'],
      },
    })
    const watch = new Watch(containers, stream as Readable, options)
    await watch.lookWhoIsDown().catch((error: unknown) => {
      ;(stream as Readable).destroy()
      throw error
    })
    return watch
  } catch (error) {
    return { stop: async () => [notWatched((error as Error).message)] }
  }
}

class Watch implements EndsWatch {
  readonly #containers: ReadonlyMap<string, ContainerTarget>
  readonly #stream: Readable
  readonly #options: WatchEndsOptions
  readonly #asked = new Set<string>()
  readonly #outOfMemory = new Set<string>()
  /** Those that are down, as far as was told. */
  readonly #down = new Set<string>()
  readonly #listening: Promise<void>
  #broken: string | undefined

  constructor(containers: readonly ContainerTarget[], stream: Readable, options: WatchEndsOptions) {
    this.#containers = new Map(containers.map((each) => [each.containerId, each]))
    this.#stream = stream
    this.#options = options
    this.#listening = this.#listen()
  }

  /** What is down before anything was told (a worker that an autoscaler may start) ended before this watch. */
  async lookWhoIsDown(): Promise<void> {
    for (const { containerId } of await this.#untold()) this.#down.add(containerId)
  }

  async stop(): Promise<readonly string[]> {
    const { clock, elapsedMs, see } = this.#options
    const untold = await this.#waitForTheLast(clock)
    const problem = this.#broken ?? untold
    this.#stream.destroy()
    await this.#listening
    if (problem !== undefined) return [notWatched(problem)]
    see({ kind: 'observation', timeMs: elapsedMs(), name: watchedForEnds, value: this.#containers.size })
    return []
  }

  async #listen(): Promise<void> {
    let rest = ''
    try {
      for await (const chunk of this.#stream) {
        const lines = `${rest}${chunk}`.split('\n')
        rest = lines.pop() ?? ''
        for (const line of lines) if (line !== '') await this.#take(JSON.parse(line) as EngineEvent)
      }
      this.#broken = 'it told no more before the end'
    } catch (error) {
      this.#broken = (error as Error).message
    }
  }

  async #take({ Action, Actor: { ID, Attributes }, timeNano }: EngineEvent): Promise<void> {
    if (Action === 'kill') this.#asked.add(ID)
    if (Action === 'oom') this.#outOfMemory.add(ID)
    if (Action === 'start') for (const set of [this.#asked, this.#outOfMemory, this.#down]) set.delete(ID)
    if (Action !== 'die') return
    const target = this.#containers.get(ID)
    if (target !== undefined && !this.#asked.has(ID)) await this.#tell(target, Attributes.exitCode, timeNano)
    this.#down.add(ID)
  }

  async #tell(
    { name, docker, containerId }: ContainerTarget,
    exitCode = '',
    timeNano: number,
  ): Promise<void> {
    // That it was for want of memory may be told after the end.
    const state = (await inspect(docker, containerId).catch(() => undefined))?.State
    const outOfMemory = this.#outOfMemory.has(containerId) || state?.OOMKilled === true
    const { clock, elapsedMs, see } = this.#options
    const agoMs = clock.wallTime().getTime() - timeNano / 1e6
    see({
      kind: 'observation',
      timeMs: Math.max(0, elapsedMs() - Math.max(0, agoMs)),
      name: endedByItself,
      value: Number(exitCode),
      labels: { target: name, ...(outOfMemory ? { cause: 'out of memory' } : {}) },
    })
  }

  /** Whoever is down must have been told to be; undefined if so, or if nothing more can be told. */
  async #waitForTheLast(clock: Clock): Promise<string | undefined> {
    const what = 'the Engine to tell of every end'
    try {
      await waitUntil(async () => this.#broken !== undefined || (await this.#untold()).length === 0, {
        clock,
        what,
        deadlineMs: toldWithinMs,
      })
      return undefined
    } catch (error) {
      const untold = await this.#untold().catch(() => [])
      return untold.length === 0
        ? (error as Error).message
        : `it told nothing of the end of ${untold.map(({ name }) => name).join(', ')}`
    }
  }

  async #untold(): Promise<readonly ContainerTarget[]> {
    const looked = await Promise.all(
      [...this.#containers.values()].map(async (target) => {
        const { docker, containerId } = target
        const isDown = (await inspect(docker, containerId))?.State.Running !== true
        return isDown && !this.#down.has(containerId) ? [target] : []
      }),
    )
    return looked.flat()
  }
}

function notWatched(why: string): string {
  return `nobody could watch to the end whether a container ended by itself: the Engine's events: ${why}`
}
