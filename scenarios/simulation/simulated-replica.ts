import type { Random } from '../../chaos/kernel/random.ts'
import { type ProcessWorld, type Program, type SimulatedProcess, startProcess } from './simulated-process.ts'
import type { Replica } from './world.ts'

/** A running half of the service, as the simulation needs it. */
export interface Running {
  /** Ends as it does at SIGTERM. */
  stop(): Promise<unknown>
}

export interface ReplicaOptions<T extends Running> {
  readonly name: string
  readonly role: Replica['role']
  readonly program: Program
  readonly random: Random
  readonly time: ProcessWorld['time']
  log(text: string): void
  /** Wires one process to the world. */
  boot(process: SimulatedProcess, life: string): T
}

/** One replica through all its lives: each is a process of its own, with modules, memory and timers of its own. */
export class SimulatedReplica<T extends Running> implements Replica {
  readonly name: string
  readonly role: Replica['role']
  skewMs = 0
  readonly #options: ReplicaOptions<T>
  #lives = 0
  #process: SimulatedProcess | undefined
  #running: T | undefined
  /** Told to end, and not at its end yet. */
  #isStopping = false
  /** It was to be started while it was stopping: it is, as soon as it has ended. */
  #startsAgain = false

  constructor(options: ReplicaOptions<T>) {
    this.name = options.name
    this.role = options.role
    this.#options = options
  }

  get isAlive(): boolean {
    return this.#process?.isAlive ?? false
  }

  /** undefined while it is dead. */
  get running(): T | undefined {
    return this.isAlive ? this.#running : undefined
  }

  get process(): SimulatedProcess | undefined {
    return this.#process
  }

  /** Where it is still stopping, once that is over: two processes of one name are never there at once. */
  start(): void {
    this.#startsAgain = this.#isStopping
    if (this.isAlive) return
    this.#lives += 1
    const life = `${this.name}#${this.#lives}`
    const { program, time, random, log, boot } = this.#options
    this.#process = startProcess(life, program, {
      time,
      random: random.fork(life),
      wallSkewMs: () => this.skewMs,
      log: (text) => log(`${life} ${text}`),
    })
    this.#running = boot(this.#process, life)
  }

  kill(): void {
    this.#startsAgain = false
    this.#process?.kill()
  }

  stop(graceMs: number): void {
    const process = this.#process
    if (process === undefined || !process.isAlive) return
    this.#isStopping = true
    process.onKilled(() => this.#stopped())
    const killed = process.after(graceMs, () => process.kill())
    this.#running?.stop().then(
      () => {
        killed.cancel()
        process.kill()
      },
      () => process.kill(),
    )
  }

  #stopped(): void {
    this.#isStopping = false
    if (this.#startsAgain) this.start()
  }
}
