import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { conclude } from '../../chaos/conclude.ts'
import type { HistoryLine } from '../../chaos/history/line.ts'
import type { ExitCode } from '../../chaos/kernel/exit-code.ts'
import { emptyRunState, type RunState } from '../../chaos/run-state.ts'
import { renderAll } from '../../reports/render-all.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { openRecord } from '../../reports/write-record.ts'
import { type SimulatedRun, simulate } from '../../scenarios/simulation/simulate.ts'
import type { Program } from '../../scenarios/simulation/simulated-process.ts'
import { judgeParts } from '../mutants/try-mutant.ts'
import { demoTrigger } from './demo-trigger.ts'
import { playedFaults } from './played-faults.ts'

export interface DemoOptions {
  readonly program: Program
  readonly seed: string
  readonly mutant: string | undefined
  readonly commit: string
  readonly replay: string
  readonly reportsRoot: string
}

export interface PlayedDemo {
  readonly folder: string
  readonly record: RunRecord
  readonly history: readonly HistoryLine[]
  readonly exitCode: ExitCode
}

const question =
  'Does a spike lose or repeat an order when a worker dies, the store is cut off and the broker is slow?'

/** Plays the demo, judges it like any run, and leaves a run record like any run's. */
export async function playDemo(options: DemoOptions): Promise<PlayedDemo> {
  const { program, seed, reportsRoot } = options
  const startedAt = new Date()
  const writer = await openRecord({ root: reportsRoot, experiment: 'demo', seed, startedAt })
  const run = await simulate({ seed, program, trigger: demoTrigger })
  const { runId, folder } = writer
  const history = run.history.map((line) => (line.kind === 'run' ? { ...line, runId } : line))
  await writeFile(join(folder, 'history.jsonl'), history.map((line) => `${JSON.stringify(line)}\n`).join(''))
  const state = stateOf(run)
  const record = recordOf(options, { run, state, runId, startedAt })
  await writer.finish(record)
  await renderAll(folder)
  return { folder, record, history, exitCode: state.exitCode ?? 70 }
}

/** The verdict of a demo in one sentence, without a record. */
export async function demoSentence(program: Program, seed: string): Promise<string> {
  return stateOf(await simulate({ seed, program, trigger: demoTrigger })).sentence ?? ''
}

function stateOf(run: SimulatedRun): RunState {
  const state = emptyRunState()
  state.loadStartedMs = run.loadStartedMs
  state.loadPlayed = true
  state.phases = run.history.filter((line) => line.kind === 'phase')
  state.faults = playedFaults(run.faults, run.history)
  state.converged = { ok: run.isDrained, evidence: run.backlog, withinMs: run.convergeWithinMs }
  const effects = run.history.flatMap((line) => (line.kind === 'read' ? (line.effects ?? []) : []))
  state.hops = { acceptedByApi: null, confirmedByBroker: null, effectsInStore: effects.length }
  const { outcome, objectives } = judgeParts(run, demoTrigger)
  const conclusion = conclude(state, outcome, objectives)
  return Object.assign(state, conclusion, { result: outcome.result })
}

function recordOf(
  { seed, mutant, commit, replay }: DemoOptions,
  { run, state, runId, startedAt }: { run: SimulatedRun; state: RunState; runId: string; startedAt: Date },
): RunRecord {
  const { load } = run
  return {
    format: 'seawall-run',
    version: 1,
    runId,
    experiment: 'demo',
    question,
    system: 'order intake, simulated in one process',
    ...(mutant === undefined ? {} : { mutant }),
    seed,
    startedAt: startedAt.toISOString(),
    endedAt: new Date().toISOString(),
    commit,
    replay,
    load: {
      description: load.description,
      durationMs: load.durationMs,
      startedMs: run.loadStartedMs,
      plannedArrivals: Math.round(load.arrivalsBetween(0, load.durationMs)),
      phases: [...load.phases],
    },
    phases: state.phases.map(({ phase, timeMs }) => ({ phase, timeMs })),
    verdict: state.verdict,
    exitCode: state.exitCode,
    sentence: state.sentence,
    result: { ...state.result },
    promises: state.promises.map((one) => ({
      ...one,
      counts: { ...one.counts },
      examples: [...one.examples],
      reasons: [...one.reasons],
    })),
    objectives: state.objectives.map((one) => ({ ...one, reasons: [...one.reasons] })),
    faults: state.faults.map((fault) => ({ ...fault, options: { ...fault.options } })),
    hops: { ...state.hops },
    residue: [],
    problems: [],
    environment: { time: 'virtual', broker: 'in memory', store: 'in memory', node: process.version },
  }
}
