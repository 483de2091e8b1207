import { resolve } from 'node:path'
import type { Command } from 'commander'
import { findRun } from '../../reports/find-run.ts'
import { readRecord } from '../../reports/read-record.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { planOf, playChoices } from '../play/player.ts'
import { driftMs, recordedChoices } from '../play/recorded-choices.ts'
import { replayLineOf } from '../play/run-choices.ts'
import { tellVerdict } from '../play/tell-verdict.ts'
import type { AddCommand, CommandIo } from './command.ts'

interface ReplayOptions {
  readonly reports: string
  readonly json?: boolean
  readonly plan?: boolean
}

/** `seawall replay [RUN]`: the same load, and the faults at the offsets at which the run saw them. */
export const addReplayCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('replay')
    .argument('[run]', "a run's folder or id, or an experiment's name for its latest run")
    .description('play a recorded run again: what was left to conditions then is at the same time now')
    .option('--plan', 'print the command that plays it, and start nothing')
    .option('--json', 'print the run record as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records are', resolve(import.meta.dirname, '../../reports'))
    .action((run: string | undefined, options: ReplayOptions) => replay(run, options, io))
}

async function replay(run: string | undefined, options: ReplayOptions, io: CommandIo): Promise<void> {
  const recording = await readRecord(await findRun(options.reports, run))
  const choices = recordedChoices(recording, options.reports)
  if (options.plan) {
    const plan = planOf(choices, io.env)
    const replay = replayLineOf(choices)
    io.out(options.json ? JSON.stringify({ replay, ...plan }) : replay)
    return
  }
  const tell = options.json ? io.err : io.out
  const played = await playChoices(choices, io, tell)
  tell(comparison(recording, played.record))
  tellVerdict(played, options.json === true, io)
}

function comparison(recording: RunRecord, replay: RunRecord): string {
  const drifts = driftMs(recording, replay).map(Math.abs)
  const worst = drifts.length === 0 ? 'no fault' : `the worst offset ${Math.max(...drifts)} ms away`
  return `replayed ${recording.runId}: ${worst}; then ${recording.verdict ?? 'no verdict'}, now ${replay.verdict ?? 'none'}`
}
