import type { RunRecord } from '../run-record.ts'
import { answerOf } from './answer.ts'
import { escapeMarkdown } from './escape.ts'
import { formatCount, formatMeasure } from './format.ts'

const marks = { pass: '✅', fail: '❌', unknown: '⚠️' } as const

/** A summary for a pull request: the verdict, what was broken or not judged, and the replay line. */
export function renderMarkdown(record: RunRecord): string {
  const { verdict, sentence, notJudged, left } = answerOf(record)
  return [
    `## ${marks[verdict]} ${escapeMarkdown(record.experiment)}: ${verdict}`,
    '',
    escapeMarkdown(sentence),
    '',
    ...listed('Not judged, and why', notJudged),
    ...listed('Still broken or left behind', left),
    ...table(['', 'promise', 'examined', 'reason'], promiseRows(record)),
    ...table(['', 'objective', 'value', 'limit', 'worst window'], objectiveRows(record)),
    ...table(['fault', 'felt', 'evidence'], faultRows(record)),
    `Seed ${escapeMarkdown(record.seed)}, commit ${escapeMarkdown(record.commit)}. Replay:`,
    '',
    ...fence(record.replay),
    '',
  ].join('\n')
}

function promiseRows(record: RunRecord): string[][] {
  return record.promises.map((promise) => [
    marks[promise.verdict],
    promise.promise,
    formatCount(promise.examined),
    [...promise.reasons, ...promise.examples].join(', '),
  ])
}

function objectiveRows(record: RunRecord): string[][] {
  return record.objectives.map((objective) => [
    marks[objective.verdict],
    objective.promise,
    objective.value === undefined ? 'not measured' : formatMeasure(objective.value, objective.unit),
    formatMeasure(objective.limit, objective.unit),
    objective.window,
  ])
}

function faultRows(record: RunRecord): string[][] {
  return record.faults.map((fault) => [
    `${fault.id} ${fault.describe}`,
    fault.felt ? 'felt' : 'not felt',
    fault.error ?? fault.evidence,
  ])
}

function listed(title: string, list: readonly string[]): string[] {
  return list.length === 0
    ? []
    : [`**${title}**`, '', ...list.map((entry) => `- ${escapeMarkdown(entry)}`), '']
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return []
  const line = (cells: readonly string[]) => `| ${cells.map(escapeMarkdown).join(' | ')} |`
  return [line(head), `|${' --- |'.repeat(head.length)}`, ...rows.map(line), '']
}

/** A code block whose fence is longer than any run of backticks in it. */
function fence(text: string): string[] {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((run) => run.length))
  const ticks = '`'.repeat(longest + 1)
  return [ticks, text.replaceAll(/[\r\n]+/g, ' '), ticks]
}
