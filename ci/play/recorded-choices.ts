import { HarnessError } from '../../chaos/kernel/errors.ts'
import { recordedFaults } from '../../chaos/schedule/recorded.ts'
import type { RunRecord } from '../../reports/run-record.ts'
import { choicesOfReplayLine } from './read-replay-line.ts'
import type { RunChoices } from './run-choices.ts'

/** What a recorded run had chosen, with the faults that it saw at the offsets at which it saw them. */
export function recordedChoices(record: RunRecord, reports: string): RunChoices {
  const { startedMs, durationMs } = record.load
  if (startedMs === undefined) {
    throw new HarnessError(
      'HARNESS_RECORD_INVALID',
      `the load of run ${record.runId} never started, so there is nothing to replay`,
      `play it anew: ${record.replay}`,
    )
  }
  const choices = choicesOfReplayLine(record.replay, reports)
  const schedule = recordedFaults(record.faults, { startedMs, durationMs })
  return { ...choices, faults: true, swarm: false, pair: false, schedule }
}

/** By how much each fault of a replay began earlier (negative) or later than in the recording, in milliseconds. */
export function driftMs(recording: RunRecord, replay: RunRecord): number[] {
  const [before, now] = [recording, replay].map(({ faults, load }) =>
    recordedFaults(faults, { startedMs: load.startedMs ?? 0, durationMs: load.durationMs }),
  )
  return (before ?? []).flatMap(({ kind, target, atMs }) => {
    const same = (now ?? []).filter((fault) => fault.kind === kind && fault.target === target)
    const drifts = same.map((fault) => fault.atMs - atMs)
    return drifts.length === 0
      ? []
      : [drifts.reduce((least, one) => (Math.abs(one) < Math.abs(least) ? one : least))]
  })
}
