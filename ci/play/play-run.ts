import { join } from 'node:path'
import { conclude } from '../../chaos/conclude.ts'
import { faultKindOf } from '../../chaos/faults/list.ts'
import { openJournal } from '../../chaos/history/journal.ts'
import { historyFormat, historyVersion, type RunLine } from '../../chaos/history/line.ts'
import { realClock } from '../../chaos/kernel/clock.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { type ExitCode, exitCodes } from '../../chaos/kernel/exit-code.ts'
import { randomFrom } from '../../chaos/kernel/random.ts'
import { type RunOptions, runExperiment } from '../../chaos/run-experiment.ts'
import { emptyRunState, type RunState } from '../../chaos/run-state.ts'
import type { System } from '../../chaos/system.ts'
import { grafanaAnnotations } from '../../reports/annotations.ts'
import { type LivePage, openLivePage } from '../../reports/live/live-page.ts'
import { type LiveView, type LiveViewOptions, openLiveView } from '../../reports/live/live-view.ts'
import type { LiveTitle } from '../../reports/render/live-terminal.ts'
import { renderAll } from '../../reports/render-all.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { openRecord } from '../../reports/write-record.ts'
import { type GrafanaPlace, postAnnotations } from '../telemetry/post-annotations.ts'
import { openRunBus } from '../telemetry/run-bus.ts'
import { claimRunId } from './claim-run-id.ts'
import { judgeRun } from './judge-run.ts'
import { guardOf, type OwningRun } from './owning-run.ts'
import { recordOf } from './record-of.ts'
import type { RunPlan } from './run-plan.ts'

export interface PlayOptions {
  readonly plan: RunPlan
  readonly system: System
  readonly mutant?: string
  readonly commit: string
  readonly replay: string
  /** The folder of `runs/`. */
  readonly reportsRoot: string
  /** A Grafana collector that is to get what the run's bus has. */
  readonly collectorUrl?: string
  /** A Grafana that is to get the faults as annotations. */
  readonly grafana?: GrafanaPlace
  readonly signal: AbortSignal
  progress(text: string): void
  /** Where the live view goes; without it only the progress is told. */
  readonly live?: Pick<LiveViewOptions, 'write' | 'isTerminal' | 'color' | 'columns'>
  /** Serves the live view as a page on loopback too, until the verdict is known; its address is told as progress. */
  readonly livePage?: boolean
  /** What this run is a part of; left out for a run that owns what it starts. */
  readonly owner?: OwningRun
  /** Stands in for the injectors, to show that the harness notices when they do nothing. */
  readonly faultMaker?: typeof faultMaker
}

export interface PlayedRun {
  readonly folder: string
  readonly record: RunRecord
  readonly exitCode: ExitCode
}

/**
 * Plays one plan to its verdict and leaves a run record, whatever happens on the way. Broken promises and missing
 * evidence are in the record; an interrupt is too, with exit code 130. Throws only for a defect of the harness.
 */
export async function playRun(options: PlayOptions): Promise<PlayedRun> {
  const { experiment, seed } = options.plan
  const startedAt = realClock.wallTime()
  const startedMs = realClock.nowMs()
  const elapsedMs = () => realClock.nowMs() - startedMs
  const named = { experiment: experiment.name, seed, startedAt, claim: claimRunId }
  const writer = await openRecord({ root: options.reportsRoot, ...named })
  const { runId, folder } = writer
  const state = emptyRunState()
  const facts = { ...options, runId, startedAt }
  const save = () => writer.write(recordOf(facts, state, undefined))
  await save()
  await using page = await livePageOf(options, { elapsedMs, state })
  const interrupted = await playGuarded(options, { runId, folder, startedAt, elapsedMs, state, save, page })
  await judge(options, folder, state, interrupted)
  const record = recordOf(facts, state, realClock.wallTime())
  await writer.finish(record)
  await renderAll(folder)
  await annotate(options, record)
  const { verdict = 'unknown', sentence = '' } = state
  page?.end({ verdict, sentence, report: join(folder, 'report.html') })
  return { folder, record, exitCode: state.exitCode ?? exitCodes.internal.code }
}

async function annotate({ grafana, progress }: PlayOptions, record: RunRecord): Promise<void> {
  const problem = grafana && (await postAnnotations(grafana, grafanaAnnotations(record)))
  if (problem !== undefined) progress(problem)
}

interface Playing {
  readonly runId: string
  readonly folder: string
  readonly startedAt: Date
  readonly elapsedMs: () => number
  readonly state: RunState
  readonly save: () => Promise<void>
  readonly page: LivePage | undefined
}

/** True if it was interrupted. Nothing is left running when it returns; what is left nevertheless is residue. */
async function playGuarded(options: PlayOptions, playing: Playing): Promise<boolean> {
  const { plan, system, signal } = options
  const { runId, folder, state } = playing
  const { owner } = options
  await using guard = await guardOf(owner, { runId, folder })
  await using history = await openJournal(join(folder, 'history.jsonl'))
  const { name: experiment } = plan.experiment
  await using bus = openRunBus({ folder, runId, experiment, collectorUrl: options.collectorUrl })
  using live = liveViewOf(options, playing)
  history.append(firstLine(options, playing))
  try {
    await runExperiment({
      experiment: plan.experiment,
      system,
      schedule: plan.schedule,
      state,
      see: (line) => {
        history.append(line)
        bus.see(line)
        live.see(line)
        playing.page?.see(line)
      },
      save: playing.save,
      undoJournal: guard.journal,
      makeFault: (options.faultMaker ?? faultMaker)(plan.seed, owner?.runId ?? runId),
      context: {
        runId,
        seed: plan.seed,
        experiment: plan.experiment.name,
        clock: realClock,
        signal,
        elapsedMs: playing.elapsedMs,
        folder,
        labels: guard.labels,
        progress: (text) => {
          bus.say(text)
          live.say(text)
        },
      },
    })
    return false
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'HARNESS_INTERRUPTED') return true
    throw error
  } finally {
    history.append({ kind: 'phase', timeMs: playing.elapsedMs(), phase: 'judge' })
  }
}

/** Makes the faults of a run: each with chance of its own, and none for what another run (or owner) has made. */
export function faultMaker(seed: string, runId: string): RunOptions['makeFault'] {
  return ({ id, kind, options }, target) =>
    faultKindOf(kind).create(target, options, {
      id,
      clock: realClock,
      random: randomFrom(`${seed}/fault/${id}`),
      runId,
    })
}

type Watched = Pick<Playing, 'elapsedMs' | 'state'>

function liveViewOf(options: PlayOptions, watched: Watched): LiveView {
  const { live, progress } = options
  if (live === undefined) return { see: () => {}, say: progress, [Symbol.dispose]: () => {} }
  return openLiveView({ ...live, ...liveTitleOf(options, watched), elapsedMs: watched.elapsedMs })
}

async function livePageOf(options: PlayOptions, watched: Watched): Promise<LivePage | undefined> {
  if (options.livePage !== true) return undefined
  const page = await openLivePage({ ...liveTitleOf(options, watched), elapsedMs: watched.elapsedMs })
  options.progress(`live: ${page.url}`)
  return page
}

function liveTitleOf({ plan }: PlayOptions, { state }: Watched): LiveTitle {
  const { seed, schedule, experiment } = plan
  const askedAt = (timeMs: number) => {
    if (state.loadStartedMs === undefined) return undefined
    const atMs = timeMs - state.loadStartedMs
    return experiment.load.arrivalsBetween(Math.max(0, atMs - 500), Math.max(0, atMs + 500))
  }
  return { experiment: experiment.name, seed, askedAt, faultsPlanned: schedule.length }
}

function firstLine(
  { plan, system }: PlayOptions,
  { runId, startedAt }: Playing,
): RunLine & { ledgerPrefix: string } {
  const { experiment, seed, schedule } = plan
  const planned = experiment.load.arrivalsBetween(0, experiment.load.durationMs)
  return {
    kind: 'run',
    format: historyFormat,
    version: historyVersion,
    runId,
    experiment: experiment.name,
    seed,
    startedAt: startedAt.toISOString(),
    plan: {
      faults: schedule.map((fault) => fault.id),
      places: ['store', 'dead-letter', 'queue'],
      droppedMax: Math.floor(planned * experiment.droppedShareMax),
    },
    ledgerPrefix: system.ledgerPrefix(runId),
  }
}

async function judge(
  options: PlayOptions,
  folder: string,
  state: RunState,
  interrupted: boolean,
): Promise<void> {
  options.progress('judge: reading the history')
  const judged = await judgeRun(folder, options.plan.experiment, state.loadStartedMs).catch(
    (error: Error) => {
      state.problems.push(`the history could not be judged: ${error.message}`)
      return undefined
    },
  )
  if (interrupted) state.problems.unshift('the run was interrupted')
  const conclusion = conclude(state, judged?.outcome, judged?.objectives ?? [])
  state.promises = conclusion.promises
  state.objectives = conclusion.objectives
  state.recoveries = judged?.recoveries ?? []
  state.result = judged?.outcome.result as RunState['result']
  state.verdict = conclusion.verdict
  state.sentence = conclusion.sentence
  state.exitCode =
    interrupted && conclusion.exitCode !== exitCodes.internal.code
      ? exitCodes.interrupted.code
      : conclusion.exitCode
}
