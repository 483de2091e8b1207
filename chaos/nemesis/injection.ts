import type { Fault, Feeling, UndoRecord } from '../faults/fault.ts'
import type { Target } from '../faults/target.ts'
import type { FaultEvent } from '../history/line.ts'
import { orAborted, within } from '../kernel/within.ts'
import type { HealFailure, PlayedFault } from '../nemesis.ts'
import type { ScheduledFault } from '../schedule/schedule.ts'
import { lookUntilFelt } from './look.ts'
import { chooseTarget, takePlace, waitForStart } from './start.ts'
import { messageOf, type NemesisWorld, sleepUntil } from './world.ts'

/** An aborted injection gets this long to settle before it is healed over its head. */
const settleWithinMs = 10_000
/** Starting a container again took up to 6 s here under full load; ten times that is certainly hung. */
const healWithinMs = 60_000

/**
 * The life of one scheduled fault.
 *
 *     waiting ─► admitted ─► injecting ─► in ─► healing ─► healed
 *        │          │            │         │        └────► heal-failed ─► (once more at the end)
 *        └──────────┴─► skipped  └─────────┴─ abort: the nemesis heals, newest first
 */
export class Injection {
  readonly scheduled: ScheduledFault
  target: Target | undefined
  healFailure: HealFailure | undefined
  readonly #world: NemesisWorld
  #fault: Fault | undefined
  #record: UndoRecord | undefined
  #injecting: Promise<void> | undefined
  #healing: Promise<void> | undefined
  #feeling: Feeling = { felt: false, evidence: '' }
  #saidNotFelt = false
  #fired = ''
  #error: string | undefined
  readonly #times: { injectingMs?: number; injectedMs?: number; feltMs?: number; healedMs?: number } = {}

  constructor(scheduled: ScheduledFault, world: NemesisWorld) {
    this.scheduled = scheduled
    this.#world = world
  }

  /** Plays the fault to its heal. After an abort it returns at once, and whoever aborted calls {@link heal}. Never rejects. */
  async play(): Promise<void> {
    try {
      this.#fired = await waitForStart(this.scheduled, this.#world)
      await this.#prepare(await chooseTarget(this.scheduled, this.#world))
      await this.#inject()
      await this.#hold()
    } catch (error) {
      this.#error ??= this.#world.signal.aborted ? 'the assault ended before it was over' : messageOf(error)
      if (this.#injecting === undefined) return this.#skip()
    }
    if (!this.#world.signal.aborted) await this.heal()
  }

  /** Heals once, however often it is called; {@link healAgain} tries once more. Never rejects. */
  heal(): Promise<void> {
    this.#healing ??= this.#healOnce()
    return this.#healing
  }

  async healAgain(): Promise<void> {
    await this.heal()
    if (this.healFailure !== undefined) await this.#healOnce()
  }

  get played(): PlayedFault {
    const { id, kind, start, forMs, options, target } = this.scheduled
    return {
      id,
      kind,
      target: this.target?.name ?? (typeof target === 'string' ? target : target.role),
      describe: this.#fault?.describe() ?? kind,
      ...('atMs' in start ? { plannedAtMs: start.atMs } : {}),
      plannedForMs: forMs,
      ...this.#times,
      felt: this.#feeling.felt,
      evidence: this.#feeling.evidence,
      ...(this.#error === undefined ? {} : { error: this.#error }),
      options,
    }
  }

  /** From here on the fault counts as active, and its undo record is on the disk. */
  async #prepare(target: Target): Promise<void> {
    const { signal, makeFault, journal } = this.#world
    this.target = target
    await takePlace(this, target, this.#world)
    this.#fault = makeFault(this.scheduled, target)
    this.#record = await orAborted(this.#fault.undo(), signal)
    try {
      await journal.willInject(this.#record)
    } catch (error) {
      this.#world.broken('the undo journal could not be written', error)
      throw error
    }
    signal.throwIfAborted()
  }

  async #inject(): Promise<void> {
    const { elapsedMs, signal } = this.#world
    this.#times.injectingMs = elapsedMs()
    this.#see('injecting', this.#fired)
    this.#injecting = Promise.resolve().then(() => this.#theFault().inject(signal))
    await orAborted(this.#injecting, signal)
    this.#times.injectedMs = elapsedMs()
    this.#see('injected')
  }

  /** Looks until the fault is felt, and stays until its end. */
  async #hold(): Promise<void> {
    const { elapsedMs } = this.#world
    const endMs = elapsedMs() + this.scheduled.forMs
    this.#feeling = await lookUntilFelt(this.#theFault(), endMs, this.#world)
    if (!this.#feeling.felt) return
    this.#times.feltMs = elapsedMs()
    this.#see('felt', this.#feeling.evidence)
    await sleepUntil(endMs, this.#world)
  }

  async #healOnce(): Promise<void> {
    const { clock, elapsedMs } = this.#world
    if (this.#injecting === undefined) return this.#leave()
    await this.#settled(this.#injecting)
    this.#see('healing')
    try {
      await within(this.#theFault().heal(), healWithinMs, clock, 'the heal')
    } catch (error) {
      return this.#failedToHeal(messageOf(error))
    }
    if (this.healFailure !== undefined) this.#error = `healed at the second try: ${this.healFailure.error}`
    this.healFailure = undefined
    this.#times.healedMs = elapsedMs()
    this.#see('healed')
    await this.#leave()
  }

  /** An injection that is still under way would undo the heal: it gets the time to settle. */
  async #settled(injecting: Promise<void>): Promise<void> {
    const settling = injecting.catch(() => undefined)
    await within(settling, settleWithinMs, this.#world.clock, 'the injection').catch((error: unknown) => {
      this.#error = messageOf(error)
    })
    if (this.#feeling.felt || this.#saidNotFelt) return
    this.#saidNotFelt = true
    if (this.#feeling.evidence === '') this.#feeling = { felt: false, evidence: this.#error ?? '' }
    this.#see('not-felt', this.#feeling.evidence)
  }

  #failedToHeal(error: string): void {
    const { id, kind } = this.scheduled
    this.#error = `not healed: ${error}`
    this.#see('heal-failed', error)
    this.healFailure = {
      fault: id,
      kind,
      target: this.played.target,
      error,
      byHand: this.#record?.byHand ?? 'seawall doctor',
    }
  }

  async #leave(): Promise<void> {
    const { active, journal, problems } = this.#world
    const place = active.indexOf(this)
    if (place >= 0) active.splice(place, 1)
    if (this.#record === undefined) return
    try {
      await journal.hasHealed(this.scheduled.id)
    } catch (error) {
      // The fault is healed; at worst somebody heals it once more, which is safe.
      problems.push(`the heal of ${this.scheduled.id} could not be marked: ${messageOf(error)}`)
    }
  }

  async #skip(): Promise<void> {
    this.#feeling = { felt: false, evidence: this.#error ?? '' }
    this.#see('not-felt', this.#error)
    await this.#leave()
  }

  #see(event: FaultEvent, evidence?: string): void {
    const { scheduled } = this
    this.#world.see({
      kind: 'fault',
      timeMs: this.#world.elapsedMs(),
      event,
      fault: scheduled.id,
      faultKind: scheduled.kind,
      target: this.played.target,
      ...(evidence ? { evidence } : {}),
    })
  }

  #theFault(): Fault {
    if (this.#fault === undefined) throw new Error(`${this.scheduled.id} was not made`)
    return this.#fault
  }
}
