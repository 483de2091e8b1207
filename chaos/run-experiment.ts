import { firstBreach } from './abort-when.ts'
import type { Experiment } from './experiment.ts'
import type { Fault } from './faults/fault.ts'
import { type ProxyWatch, watchProxies } from './faults/proxy-traffic.ts'
import type { Target } from './faults/target.ts'
import type { TimedLine } from './history/line.ts'
import { HarnessError } from './kernel/errors.ts'
import { orAborted } from './kernel/within.ts'
import { type NemesisReport, playFaults } from './nemesis.ts'
import { watchEnds } from './probes/ends.ts'
import { enter, type Observing, observeAlong, type PhaseWorld, untilSteady } from './run-phases.ts'
import type { RunState } from './run-state.ts'
import type { UndoJournal } from './safety/undo-journal.ts'
import type { ScheduledFault } from './schedule/schedule.ts'
import type { RunContext, RunningLoad, RunningSystem, System } from './system.ts'

export interface RunOptions {
  readonly experiment: Experiment
  readonly system: System
  /** Everything that the seed decides, decided; empty for a control run without faults. */
  readonly schedule: readonly ScheduledFault[]
  readonly context: RunContext
  readonly state: RunState
  /** Appends one line to the history. */
  see(line: TimedLine | string): void
  /** Rewrites the run record from the state. */
  save(): Promise<void>
  readonly undoJournal: UndoJournal
  makeFault(scheduled: ScheduledFault, target: Target): Fault
}

/** The steady state must hold this soon after everything was started, else nothing is injected. */
const gateWithinMs = 120_000
/** A new queue that reads empty is empty, and who is ready stays so without a fault. */
const steadyBefore = { inARow: 1, everyMs: 100 }
/** Three zeros: a queue reads empty for half a second after a restart of its broker, though messages are there. */
const steadyAfter = { inARow: 3, everyMs: 500 }

/**
 * Plays one experiment through its phases, in the only order that there is: gate, warm-up, assault, heal, converge,
 * final read. All that was seen is in the history and the state; nothing is judged here. Faults are healed and the
 * system is removed on every way out. What went wrong in the harness is in `state.problems`, never thrown; an
 * interrupt ends the assault, heals, and throws HARNESS_INTERRUPTED after that.
 */
export async function runExperiment(options: RunOptions): Promise<void> {
  const world = worldOf(options)
  try {
    await using system = await startSystem(options, world)
    options.state.environment = { ...options.state.environment, ...system.environment }
    try {
      await playPhases(options, world, system)
    } finally {
      await system.saveLogs().catch((error) => note(options.state, 'the logs could not be saved', error))
    }
  } catch (error) {
    if (options.context.signal.aborted) throw interrupted()
    note(options.state, 'the run ended early', error)
  }
  if (options.context.signal.aborted) throw interrupted()
}

function worldOf({ context, state, see, save }: RunOptions): PhaseWorld {
  return {
    clock: context.clock,
    state,
    signal: context.signal,
    elapsedMs: () => context.elapsedMs(),
    progress: (text) => context.progress(text),
    see,
    save,
  }
}

async function startSystem(options: RunOptions, world: PhaseWorld): Promise<RunningSystem> {
  await enter(world, 'gate', `starting ${options.system.name}`)
  return options.system.start(options.context)
}

async function playPhases(options: RunOptions, world: PhaseWorld, system: RunningSystem): Promise<void> {
  const { experiment, context, state } = options
  const gate = await untilSteady(world, system, {
    withinMs: gateWithinMs,
    ...steadyBefore,
    signal: context.signal,
  })
  if (!gate.ok) {
    state.problems.push(
      `the steady state did not hold before the load, so nothing was injected: ${gate.evidence}`,
    )
    return
  }
  const proxies = await watchProxies(system.targets, context.clock)
  const { clock, elapsedMs, see } = world
  const ends = await watchEnds(system.targets, { clock, elapsedMs, see })
  const observing = observeAlong(world, system)
  try {
    await assault(options, world, system, observing)
    await enter(world, 'converge', 'waiting for an empty backlog')
    const steady = await untilSteady(world, system, {
      withinMs: experiment.convergeWithinMs,
      ...steadyAfter,
      signal: context.signal,
    })
    state.converged = { ...steady, withinMs: experiment.convergeWithinMs }
  } finally {
    await observing.stop()
    state.problems.push(...(await ends.stop()))
  }
  await enter(world, 'final-read', 'reading every place to its end')
  state.hops = nullFor(await system.hopCounts())
  // Side by side: nobody reads through a proxy any more.
  const bypassed = noteBypassed(state, proxies)
  await system.finalRead(options.see, context.signal).finally(() => bypassed)
}

/** A fault on a link whose client has another way was felt by nobody but us. */
async function noteBypassed(state: RunState, proxies: ProxyWatch): Promise<void> {
  const injected = state.faults.filter(({ injectedMs }) => injectedMs !== undefined)
  state.problems.push(...(await proxies.bypassed(injected.map(({ target }) => target))))
}

/** The load and the faults, side by side; resolves when the load has ended and every fault is healed. */
async function assault(
  options: RunOptions,
  world: PhaseWorld,
  system: RunningSystem,
  observing: Observing,
): Promise<void> {
  const { experiment, context, state } = options
  const load = await system.startLoad(options.see)
  state.loadStartedMs = load.startedMs
  await enter(world, 'warm-up', experiment.load.description)
  const marks = markAssault(options, world, load)
  const tooEarly = new AbortController()
  const nemesis = playFaults({
    schedule: options.schedule,
    targets: system.targets,
    blastRadius: experiment.blastRadius,
    makeFault: options.makeFault,
    clock: context.clock,
    elapsedMs: () => context.elapsedMs(),
    loadStartedMs: load.startedMs,
    see: options.see,
    journal: options.undoJournal,
    readings: async (name) => observing.reading(name),
    signal: AbortSignal.any([context.signal, tooEarly.signal]),
  })
  const breach = endAtBreach(options, { load, observing, tooEarly })
  try {
    const end = await orAborted(load.ended, context.signal)
    state.loadPlayed = end.broken === undefined
    if (end.broken !== undefined) {
      state.problems.push(`the load generator failed: ${end.broken}`)
      tooEarly.abort(new Error('the load generator failed'))
    }
  } finally {
    if (context.signal.aborted) tooEarly.abort(context.signal.reason)
    await load.stop()
    const report = await nemesis
    await breach.stop()
    await marks
    await enter(world, 'heal', 'every fault is undone')
    keep(state, report)
  }
}

/** Ends load and faults as soon as one of the experiment's abort conditions holds. */
function endAtBreach(
  { experiment, context, state }: RunOptions,
  assault: { readonly load: RunningLoad; readonly observing: Observing; readonly tooEarly: AbortController },
): { stop(): Promise<void> } {
  const over = new AbortController()
  const watch = { clock: context.clock, signal: over.signal, reading: assault.observing.reading }
  const done = firstBreach(experiment.abortWhen ?? [], watch).then(async (breach) => {
    if (breach === undefined) return
    state.problems.push(`the assault was ended early: ${breach}`)
    assault.tooEarly.abort(new Error(breach))
    await assault.load.stop()
  })
  return {
    async stop() {
      over.abort()
      await done
    },
  }
}

/** The load's first phase warms everything up and is not judged; the assault begins with the second. */
async function markAssault(options: RunOptions, world: PhaseWorld, load: RunningLoad): Promise<void> {
  const { experiment, context } = options
  const first = experiment.load.phases[0]
  const warmUpMs = first?.name === 'warm-up' ? first.toMs : 0
  const waitMs = load.startedMs + warmUpMs - context.elapsedMs()
  try {
    await context.clock.sleep(Math.max(0, waitMs), context.signal)
    await enter(world, 'assault', `${options.schedule.length} fault(s) to come`)
  } catch (error) {
    if (!context.signal.aborted) note(world.state, 'the assault could not be marked', error)
  }
}

function keep(state: RunState, report: NemesisReport): void {
  state.faults = report.faults
  state.problems.push(...report.problems)
  for (const failure of report.healFailed) {
    state.residue = [
      ...state.residue,
      `${failure.fault} on ${failure.target}: ${failure.error}; by hand: ${failure.byHand}`,
    ]
  }
}

function nullFor(counts: object): Record<string, number | null> {
  return Object.fromEntries(
    Object.entries(counts).map(([name, count]) => [name, (count as number | undefined) ?? null]),
  )
}

function note(state: RunState, what: string, error: unknown): void {
  state.problems.push(`${what}: ${error instanceof Error ? error.message : String(error)}`)
}

function interrupted(): HarnessError {
  return new HarnessError(
    'HARNESS_INTERRUPTED',
    'the run was interrupted; faults were healed and its containers removed',
    'the record of what was seen is in the run folder; start the same run again with its replay line',
  )
}
