import type { Fault, Feeling, UndoRecord } from './faults/fault.ts'
import type { Target } from './faults/target.ts'
import type { FaultEvent } from './history/line.ts'
import { orAborted, within } from './kernel/within.ts'
import type { HealFailure, PlayedFault } from './nemesis.ts'
import { brokerFacts, messageOf, type NemesisWorld, refusalOf } from './nemesis-world.ts'
import { chooseByFacts } from './schedule/choose-target.ts'
import { conditionHolds, describeCondition } from './schedule/condition.ts'
import type { ScheduledFault } from './schedule/schedule.ts'

/** Often enough that a condition's moment is met within a fraction of a second, rare enough to cost nothing. */
const askEveryMs = 200
/** A role's member is looked for this long: in a spike, somebody holds a message again within a second or two. */
const chooseWithinMs = 5_000
/** The look that is under way at a fault's end may still finish: on a busy machine it may be the only whole one. */
const lookGraceMs = 5_000
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
      await this.#waitForStart()
      const target = await this.#chooseTarget()
      await this.#prepare(target)
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

  async #waitForStart(): Promise<void> {
    const { start } = this.scheduled
    const { loadStartedMs, readings, signal } = this.#world
    if ('atMs' in start) return this.#sleepUntil(loadStartedMs + start.atMs)
    const wanted = describeCondition(start.condition)
    await this.#sleepUntil(loadStartedMs)
    this.#fired = await this.#ask(loadStartedMs + start.deadlineMs, `${wanted} was never seen`, async () => {
      const value = await orAborted(readings(start.condition.reading), signal)
      return conditionHolds(start.condition, value) ? `${wanted}: ${value}` : undefined
    })
  }

  async #chooseTarget(): Promise<Target> {
    const { target: wanted } = this.scheduled
    const { targets, elapsedMs, signal } = this.#world
    if (typeof wanted === 'string') {
      const target = targets.find(({ name }) => name === wanted)
      if (target === undefined) throw new Error(`the running system has no target ${wanted}`)
      return target
    }
    const { role, by } = wanted
    const failure = `no ${role} was chosen by ${by}`
    return this.#ask(elapsedMs() + chooseWithinMs, failure, async () => {
      const facts = await orAborted(brokerFacts(targets), signal)
      return facts && chooseByFacts(role, by, targets, facts)
    })
  }

  /** From here on the fault counts as active, and its undo record is on the disk. */
  async #prepare(target: Target): Promise<void> {
    const { active, signal, makeFault, journal } = this.#world
    const refusal = refusalOf(this.#world, this.scheduled.kind, target)
    this.target = target
    if (refusal !== undefined) throw new Error(refusal)
    active.push(this)
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
    do {
      this.#feeling = await this.#look(endMs)
      if (this.#feeling.felt) {
        this.#times.feltMs = elapsedMs()
        this.#see('felt', this.#feeling.evidence)
        return this.#sleepUntil(endMs)
      }
      await this.#sleepUntil(Math.min(endMs, elapsedMs() + askEveryMs))
    } while (elapsedMs() < endMs)
  }

  async #look(endMs: number): Promise<Feeling> {
    const { clock, elapsedMs, signal } = this.#world
    const over = new AbortController()
    const forMs = Math.max(0, endMs - elapsedMs()) + lookGraceMs
    try {
      const look = this.#theFault().isFelt(AbortSignal.any([signal, over.signal]))
      return await orAborted(within(look, forMs, clock, 'the look'), signal)
    } catch (error) {
      signal.throwIfAborted()
      return { felt: false, evidence: messageOf(error) }
    } finally {
      over.abort()
    }
  }

  async #healOnce(): Promise<void> {
    const { clock, elapsedMs } = this.#world
    if (this.#injecting === undefined) return this.#leave()
    await this.#settled()
    if (!this.#feeling.felt && this.#healing === undefined)
      this.#see('not-felt', this.#feeling.evidence || this.#error)
    this.#see('healing')
    try {
      await within(this.#theFault().heal(), healWithinMs, clock, 'the heal')
    } catch (error) {
      return this.#failedToHeal(messageOf(error))
    }
    this.healFailure = undefined
    this.#times.healedMs = elapsedMs()
    this.#see('healed')
    await this.#leave()
  }

  /** An injection that is still under way would undo the heal: it gets the time to settle. */
  async #settled(): Promise<void> {
    const { clock } = this.#world
    const settling = Promise.resolve(this.#injecting).catch(() => undefined)
    await within(settling, settleWithinMs, clock, 'the injection').catch((error: unknown) => {
      this.#error = messageOf(error)
    })
  }

  #failedToHeal(error: string): void {
    const { id, kind } = this.scheduled
    this.#error = `not healed: ${error}`
    this.#see('heal-failed', error)
    this.healFailure = {
      fault: id,
      kind,
      target: this.target?.name ?? '',
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

  /** Asks until there is an answer; throws the failure at the deadline. */
  async #ask<T>(deadlineMs: number, failure: string, question: () => Promise<T | undefined>): Promise<T> {
    const { elapsedMs, signal } = this.#world
    while (true) {
      const answer = await question().catch(() => undefined)
      signal.throwIfAborted()
      if (answer !== undefined) return answer
      if (elapsedMs() >= deadlineMs) throw new Error(failure)
      await this.#sleepUntil(Math.min(deadlineMs, elapsedMs() + askEveryMs))
    }
  }

  async #sleepUntil(atMs: number): Promise<void> {
    const { clock, elapsedMs, signal } = this.#world
    await clock.sleep(Math.max(0, atMs - elapsedMs()), signal)
  }

  #see(event: FaultEvent, evidence?: string): void {
    const { scheduled, target } = this
    this.#world.see({
      kind: 'fault',
      timeMs: this.#world.elapsedMs(),
      event,
      fault: scheduled.id,
      faultKind: scheduled.kind,
      target: target?.name ?? this.played.target,
      ...(evidence ? { evidence } : {}),
    })
  }

  #theFault(): Fault {
    if (this.#fault === undefined) throw new Error(`${this.scheduled.id} was not made`)
    return this.#fault
  }
}
