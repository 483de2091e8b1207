import type { Verdict } from '../../chaos/kernel/verdict.ts'
import type { Difference } from '../../reports/compare.ts'
import { escapeTerminal } from '../../reports/render/escape.ts'
import { formatMeasure } from '../../reports/render/format.ts'
import type { TrendRow } from '../../reports/trend/trend-row.ts'
import type { Rerun, RerunReport } from '../play/flake-or-regression.ts'

/** What came of a comparison; printed as JSON just so. */
export interface Compared {
  readonly verdict: Verdict
  /** Why they cannot be compared. */
  readonly problem: string | undefined
  readonly differences: readonly Difference[]
  /** What playing the later one again said; undefined where nobody asked, or where it is not worse. */
  readonly reruns?: RerunReport
}

const answers = { pass: 'not worse', fail: 'worse', unknown: 'not to be said' } as const

/** A comparison for people, a line for each difference and for each run that was played again. */
export function comparedInWords(before: TrendRow, after: TrendRow, compared: Compared): string {
  const { verdict, problem, differences, reruns } = compared
  return [
    `before: ${before.runId}, ${before.verdict}`,
    `after:  ${after.runId}, ${after.verdict}`,
    ...differences.map(differenceLine),
    ...(problem === undefined ? [] : [`these runs cannot be compared: ${problem}`]),
    ...(reruns?.runs ?? []).map(rerunLine),
    `the later run is: ${reruns === undefined ? answers[verdict] : rerunWords[reruns.answer]}`,
  ]
    .map(escapeTerminal)
    .join('\n')
}

function rerunLine({ runId, verdict, showsAgain }: Rerun): string {
  const seen = showsAgain === undefined ? 'it cannot say' : showsAgain ? 'the same' : 'not so'
  return `again:  ${runId}, ${verdict ?? 'no verdict'}: ${seen}`
}

const rerunWords: Readonly<Record<RerunReport['answer'], string>> = {
  regression: 'worse, and it is a regression: its seed showed it again',
  flake: 'a flake: worse once, and not again with its seed',
  unclear: 'worse; no run could say whether that is a regression or a flake',
}

function differenceLine({ objective, unit, before, after, usual, judgement }: Difference): string {
  const value = (one: number | undefined) => (one === undefined ? 'no value' : formatMeasure(one, unit))
  const range =
    usual === undefined
      ? 'too few good runs to know what is usual'
      : `usual: ${value(usual.median)}, ${value(usual.worst)} at worst, in ${usual.runs} good runs`
  return `  ${judgement.padEnd(7)} ${objective}: ${value(before)}, then ${value(after)} (${range})`
}
