import type { RunRecord } from '../../reports/run-record.ts'

/** What playing a worse run again says of it. */
export const rerunAnswers = ['regression', 'flake', 'unclear'] as const
export type RerunAnswer = (typeof rerunAnswers)[number]

export interface Rerun {
  readonly runId: string
  readonly verdict: RunRecord['verdict']
  /** undefined: this run could not say. */
  readonly showsAgain: boolean | undefined
}

export interface RerunReport {
  /** regression: it was seen again; flake: no run that could say showed it; unclear: no run could say. */
  readonly answer: RerunAnswer
  readonly runs: readonly Rerun[]
}

export interface RerunOptions {
  /** So many runs at the most, of one seed; none is begun once it was seen again. */
  readonly times: number
  /** Plays the run in question once more: the same experiment, load, faults and seed. */
  play(): Promise<RunRecord>
  /** Whether a run shows what the run in question is accused of. */
  shows(run: RunRecord): boolean
}

/** Plays a run that was worse again with its seed, and says whether that comes from the service or came by chance. */
export async function flakeOrRegression({ times, play, shows }: RerunOptions): Promise<RerunReport> {
  const runs: Rerun[] = []
  while (runs.length < times && runs.at(-1)?.showsAgain !== true) {
    const run = await play()
    // What a run without a verdict measured was measured under conditions that nobody vouches for.
    const showsAgain = run.verdict === 'pass' || run.verdict === 'fail' ? shows(run) : undefined
    runs.push({ runId: run.runId, verdict: run.verdict, showsAgain })
  }
  return { answer: answerOf(runs), runs }
}

function answerOf(runs: readonly Rerun[]): RerunAnswer {
  if (runs.some(({ showsAgain }) => showsAgain === true)) return 'regression'
  return runs.some(({ showsAgain }) => showsAgain === false) ? 'flake' : 'unclear'
}
