import type { RunData } from '../../aggregate/run-data.ts'
import type { RunRecord } from '../../run-record.ts'
import { formatCount, formatLatency, formatMeasure, formatShare } from '../format.ts'
import { type Content, html, type Markup } from '../markup.ts'
import type { OtherRun, PageInput } from '../page-input.ts'
import { section, table, verdictMark } from '../parts.ts'
import { sideBySideCharts } from '../side-by-side-charts.ts'

/** This system beside another one that was asked the same question; undefined where none was. */
export function sideBySideSection({ record, data, otherSystem: other }: PageInput): Markup | undefined {
  if (other === undefined) return undefined
  return section(
    'side-by-side',
    'Side by side',
    html`<p>The same question under the same load and as many faults, asked of two systems.</p>
<div class="two">${card(record, html`this run, ${record.runId}`)}${card(other.record, html`<a href="${other.report}">${other.record.runId}</a>`)}</div>
${sideBySideCharts({ record, data }, other)}
${table('Two systems, one question', ['promise', record.system, other.record.system], rowsOf({ record, data }, other))}`,
  )
}

function card({ system, verdict = 'unknown', sentence }: RunRecord, run: Markup): Markup {
  return html`<div class="card ${verdict}"><h3>${system}</h3><p>${verdictMark(verdict)} ${sentence ?? 'The run was cut off before it had a verdict.'}</p><p><small>${run}</small></p></div>`
}

type Side = Pick<OtherRun, 'record'> & { readonly data: RunData | undefined }

function rowsOf(left: Side, right: Omit<Side, 'data'> & { readonly data?: RunData }): readonly Content[][] {
  const sides = [left.record, right.record]
  const rows = <Item extends { readonly name: string; readonly promise: string }>(
    of: (record: RunRecord) => readonly Item[],
    cell: (item: Item | undefined) => Content,
  ) => {
    // What only one of them promises is news as well.
    const all = new Map(sides.flatMap((side) => of(side).map(({ name, promise }) => [name, promise])))
    return [...all].map(([name, promise]) => [
      promise,
      ...sides.map((side) => cell(of(side).find((item) => item.name === name))),
    ])
  }
  return [
    ...figures.map(([name, figure]) => [name, figure(left.data), figure(right.data)]),
    ...rows(({ promises }) => promises, keptOrNot),
    ...rows(({ objectives }) => objectives, measured),
  ]
}

const figures: readonly (readonly [string, (data: RunData | undefined) => string])[] = [
  ['attempts answered with yes', (data) => (data ? formatShare(data.total.ok, data.total.attempts) : '–')],
  ['half of the answers within', (data) => formatLatency(data?.total.responseMs.p50)],
  ['99 % of the answers within', (data) => formatLatency(data?.total.responseMs.p99)],
]

function keptOrNot(promise: RunRecord['promises'][number] | undefined): Content {
  if (promise === undefined) return '–'
  const counts = Object.entries(promise.counts).map(([name, count]) => `${name} ${formatCount(count)}`)
  return html`${verdictMark(promise.verdict)} ${counts.join(', ')}`
}

function measured(objective: RunRecord['objectives'][number] | undefined): Content {
  if (objective === undefined) return '–'
  const { value, unit, verdict } = objective
  return html`${verdictMark(verdict)} ${value === undefined ? 'not measured' : formatMeasure(value, unit)}`
}
