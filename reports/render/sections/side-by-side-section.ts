import type { RunRecord } from '../../run-record.ts'
import { formatCount, formatMeasure } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { section, table, verdictMark } from '../parts.ts'

/** This system beside another one that was asked the same question and kept its promises; undefined where none was. */
export function sideBySideSection({ record, otherSystem: other }: PageInput): Markup | undefined {
  if (other === undefined) return undefined
  return section(
    'side-by-side',
    'Side by side',
    html`<p>The same question under the same load and as many faults, asked of another system: its last good run, ${other.runId}.</p>
${table('Two systems, one question', ['promise', record.system, other.system], rowsOf(record, other))}`,
  )
}

function rowsOf(record: RunRecord, other: RunRecord) {
  const classes = record.promises.map(({ name, promise }) => [
    promise,
    keptOrNot(record.promises.find((one) => one.name === name)),
    keptOrNot(other.promises.find((one) => one.name === name)),
  ])
  const objectives = record.objectives.map(({ name, promise }) => [
    promise,
    measured(record.objectives.find((one) => one.name === name)),
    measured(other.objectives.find((one) => one.name === name)),
  ])
  return [['in one sentence', record.sentence ?? '–', other.sentence ?? '–'], ...classes, ...objectives]
}

function keptOrNot(promise: RunRecord['promises'][number] | undefined): Markup {
  if (promise === undefined) return html`–`
  const counts = Object.entries(promise.counts).map(([name, count]) => `${name} ${formatCount(count)}`)
  return html`${verdictMark(promise.verdict)} ${counts.join(', ')}`
}

function measured(objective: RunRecord['objectives'][number] | undefined): Markup {
  if (objective === undefined) return html`–`
  const { value, unit, verdict } = objective
  return html`${verdictMark(verdict)} ${value === undefined ? 'not measured' : formatMeasure(value, unit)}`
}
