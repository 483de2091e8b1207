import type { RunRecord } from '../run-record.ts'
import { escapeMarkdown } from './escape.ts'

const marks = { pass: '✅', fail: '❌', unknown: '⚠️' } as const

/** A summary for a pull request: the verdict, what was broken or not judged, and the replay line. */
export function renderMarkdown(record: RunRecord): string {
  const verdict = record.verdict ?? 'unknown'
  const sentence = record.sentence ?? 'the run was cut off before it had a verdict'
  return [
    `## ${marks[verdict]} ${escapeMarkdown(record.experiment)}: ${verdict}`,
    '',
    escapeMarkdown(sentence),
    '',
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
    String(promise.examined),
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

function formatMeasure(value: number, unit: 'ratio' | 'ms' | 'factor'): string {
  if (unit === 'ratio') return `${(value * 100).toFixed(2)} %`
  return unit === 'ms' ? `${Math.round(value)} ms` : `${value.toFixed(2)} ×`
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
