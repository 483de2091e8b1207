import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as delay } from 'node:timers/promises'
import { countsOf } from '../../system-under-test/release/counts-of.ts'
import type { Rollout, Version } from '../../system-under-test/release/release.ts'
import type { Counts } from '../../system-under-test/release/served.ts'
import { metricsOf } from '../../system-under-test/topology/observe.ts'
import { isReady } from '../../system-under-test/topology/steady-state.ts'

/** The place of one replica: its port stays, whoever runs in it. */
export interface Place {
  readonly name: string
  readonly role: 'api' | 'worker'
  readonly port: number
}

/** What a version is made of: a bundled file for each role, and settings beyond everybody's. */
export interface Build {
  readonly bundles: { readonly api: string; readonly worker: string }
  readonly settings: Readonly<Record<string, string>>
}

export interface OwnProcessesOptions {
  readonly places: readonly Place[]
  readonly build: Build
  /** Addresses of broker and store, and whatever else every process is told. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
}

interface Running {
  readonly child: ChildProcess
  readonly gone: Promise<unknown>
}

const readyWithinMs = 60_000
const lookEveryMs = 100

/** The service as processes of this machine, each in its place. Their log lines go to standard error. */
export class OwnProcesses implements AsyncDisposable {
  readonly #options: OwnProcessesOptions
  readonly #running = new Map<string, Running>()
  #current: Build

  constructor(options: OwnProcessesOptions) {
    this.#options = options
    this.#current = options.build
  }

  /** Starts all of them; rejects with the first that is not ready in time. */
  async start(): Promise<void> {
    const { places } = this.#options
    for (const place of places) this.#start(place, this.#current)
    await Promise.all(places.map((place) => this.#untilReady(place)))
  }

  /**
   * Who replaces them with another build, one at a time: workers first, who must be able to read what a new API writes.
   * `settle` makes that build the one of the service, for the next release.
   */
  rollout(next: Build): Rollout & { settle(): void } {
    const { places } = this.#options
    const inOrder = places.toSorted((a, b) => (a.role === b.role ? 0 : a.role === 'worker' ? -1 : 1))
    const placeOf = (slot: string) => places.find(({ name }) => name === slot) as Place
    const builds: Readonly<Record<Version, Build>> = { old: this.#current, new: next }
    return {
      slots: inOrder.map(({ name }) => name),
      peersOf: (slot) =>
        places
          .filter(({ name, role }) => name !== slot && role === placeOf(slot).role)
          .map(({ name }) => name),
      replace: async (slot, version) => {
        await this.#stop(slot)
        this.#start(placeOf(slot), builds[version])
        await this.#untilReady(placeOf(slot))
      },
      counts: async (slot): Promise<Counts | undefined> => {
        const samples = await metricsOf(placeOf(slot))
        return samples === undefined ? undefined : countsOf(samples)
      },
      settle: () => {
        this.#current = next
      },
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#running.keys()].map((name) => this.#stop(name)))
  }

  #start({ name, role, port }: Place, { bundles, settings }: Build): void {
    const child = spawn(process.execPath, [bundles[role]], {
      env: { ...this.#options.env, ...settings, REPLICA: name, HTTP_PORT: String(port) },
      stdio: ['ignore', process.stderr, process.stderr],
      // A Ctrl-C at the terminal is for this command; it tells its processes itself, in order.
      detached: true,
    })
    this.#running.set(name, { child, gone: once(child, 'exit') })
  }

  /** It ends at SIGTERM by itself, within the bound of its settings. */
  async #stop(name: string): Promise<void> {
    const running = this.#running.get(name)
    running?.child.kill('SIGTERM')
    await running?.gone
    this.#running.delete(name)
  }

  async #untilReady({ name, port }: Place): Promise<void> {
    const untilMs = performance.now() + readyWithinMs
    while (!(await isReady(port))) {
      const { exitCode } = this.#running.get(name)?.child ?? { exitCode: null }
      if (exitCode !== null) throw new Error(`${name} ended with ${exitCode} before it was ready`)
      if (performance.now() > untilMs)
        throw new Error(`${name} is not ready after ${readyWithinMs / 1_000} s`)
      await delay(lookEveryMs, undefined, { signal: this.#options.signal })
    }
  }
}
