import type { JudgeOutcome } from './checkers/judge.ts'
import type { SeawallResult } from './checkers/result.ts'
import { type ExitCode, exitCodeOf, exitCodes } from './kernel/exit-code.ts'
import { type Verdict, worstVerdict } from './kernel/verdict.ts'
import type { PromiseResult, RunState } from './run-state.ts'
import type { ObjectiveResult } from './slo/objective.ts'

export interface Conclusion {
  readonly verdict: Verdict
  readonly exitCode: ExitCode
  readonly sentence: string
  readonly promises: readonly PromiseResult[]
  readonly objectives: readonly ObjectiveResult[]
}

/**
 * Everything that a run came to, as one verdict: the history's judge, each promise, each objective, the convergence,
 * and the harness's own problems, each of which makes it unknown at least. A fault that could not be healed, or any
 * other residue, exits 70 beside whatever the verdict is.
 */
export function conclude(
  state: RunState,
  judged: JudgeOutcome | undefined,
  measured: readonly ObjectiveResult[],
): Conclusion {
  const objectives = state.loadPlayed ? measured : measured.map(withoutItsLoad)
  const promises = [...(judged?.promises ?? []), ...convergence(state)]
  const verdict = worstVerdict([
    judged?.verdict ?? 'unknown',
    ...promises.map((promise) => promise.verdict),
    ...objectives.map((objective) => objective.verdict),
    ...(state.problems.length > 0 ? (['unknown'] as const) : []),
  ])
  const exitCode = state.residue.length > 0 ? exitCodes.internal.code : exitCodeOf(verdict)
  return {
    verdict,
    exitCode,
    promises,
    objectives,
    sentence: sentenceOf(verdict, state, judged?.result, promises, objectives),
  }
}

/** A load generator that broke says nothing about the service: what was missed then was not measured. */
function withoutItsLoad(objective: ObjectiveResult): ObjectiveResult {
  return {
    ...objective,
    verdict: 'unknown',
    reasons: [`${objective.name}: the load was not played to its end`],
  }
}

function convergence(state: RunState): readonly PromiseResult[] {
  if (state.converged === undefined) return []
  const { ok, evidence, withinMs } = state.converged
  return [
    {
      name: 'converges-after-heal',
      promise: `answers again with an empty backlog within ${withinMs / 1_000} s of the heal`,
      verdict: ok ? 'pass' : 'fail',
      examined: 1,
      counts: {},
      examples: [],
      reasons: ok ? [] : [evidence],
    },
  ]
}

function sentenceOf(
  verdict: Verdict,
  state: RunState,
  result: SeawallResult | undefined,
  promises: readonly PromiseResult[],
  objectives: readonly ObjectiveResult[],
): string {
  if (verdict === 'pass') {
    const { acknowledged = 0, attempted = 0 } = result?.counts ?? {}
    return (
      `Every promise was kept: of ${attempted.toLocaleString('en')} orders, ` +
      `${acknowledged.toLocaleString('en')} were acknowledged, none was lost and none was carried out twice.`
    )
  }
  const reasons = reasonsOf(verdict, state, result, promises, objectives)
  const more = reasons.length > 1 ? ` (and ${reasons.length - 1} more)` : ''
  const opening = verdict === 'fail' ? 'A promise was broken' : 'We cannot say'
  return `${opening}: ${reasons[0] ?? 'no evidence'}${more}.`
}

/** Every reason for the verdict in words, the history's first; each once. */
export function reasonsOf(
  verdict: Verdict,
  state: RunState,
  result: SeawallResult | undefined,
  promises: readonly PromiseResult[],
  objectives: readonly ObjectiveResult[],
): readonly string[] {
  const judged = [...promises, ...objectives].filter((each) => each.verdict === verdict)
  const worded = judged.map((each) => each.reasons[0] ?? `"${each.promise}" is ${verdict}`)
  const problems = verdict === 'unknown' ? state.problems : []
  return [...new Set([...problems, ...(result?.verdict === verdict ? result.reasons : []), ...worded])]
}
