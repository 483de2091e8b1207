import type { MatrixRecord } from '../matrix/matrix.ts'
import type { Measure, TrendRow } from '../trend/trend-row.ts'
import { formatCount, formatMeasure } from './format.ts'
import { html, type Markup } from './markup.ts'
import { matrixSentence } from './matrix-page.ts'
import { section, table, verdictMark } from './parts.ts'
import { stillPage } from './still-page.ts'

// Newest runs that are listed; a folder of years is better read with `seawall trend --json`.
const rowsMax = 200

/** The page of all runs: how each ended, how the objectives of the service moved, and whether the judge can be trusted. */
export function renderIndex(
  rows: readonly TrendRow[],
  style: string,
  matrices: readonly MatrixRecord[] = [],
): string {
  const newest = rows.slice(-rowsMax).toReversed()
  const none = html`<p class="missing">No run has finished yet. Play one: npm run spike</p>`
  return stillPage('Runs', style, [
    matrices.length > 0 && mutants(matrices),
    newest.length === 0 ? none : [trends(rows), runs(newest, rows.length)],
  ])
}

function mutants(matrices: readonly MatrixRecord[]): Markup {
  const lines = matrices.map(
    (matrix) => html`<li><a href="mutants/${matrix.where}.html">${matrixSentence(matrix)}</a></li>`,
  )
  return section('mutants', 'Seeded bugs', html`<ul>${lines}</ul>`)
}

function runs(newest: readonly TrendRow[], all: number): Markup {
  const list = newest.map((row) => [
    html`<a href="${row.folder.split('/').map(encodeURIComponent).join('/')}/report.html">${row.startedAt.slice(0, 16).replace('T', ' ')}</a>`,
    verdictMark(row.verdict),
    row.mutant === undefined ? row.experiment : `${row.experiment}, mutant ${row.mutant}`,
    row.seed,
    row.commit.slice(0, 12),
    row.sentence,
  ])
  const caption =
    newest.length < all ? `The newest ${newest.length} of ${formatCount(all)} runs` : 'Newest first'
  return section(
    'runs',
    'All runs',
    table(caption, ['started', 'verdict', 'experiment', 'seed', 'commit', 'in a sentence'], list),
  )
}

/** A line for each objective, over the runs of the service itself: a mutant's numbers are not its trend. */
function trends(rows: readonly TrendRow[]): Markup | undefined {
  const honest = rows.filter(({ mutant }) => mutant === undefined).slice(-rowsMax)
  const list = [...Map.groupBy(honest, ({ experiment }) => experiment)].flatMap(([experiment, own]) => {
    const names = new Set(own.flatMap(({ objectives }) => Object.keys(objectives)))
    return [...names].map((name) => trendRowOf(experiment, name, own))
  })
  if (list.length === 0) return undefined
  return section(
    'trend',
    'Trend',
    table('Objectives, oldest to newest', ['objective', 'runs', '#newest', '#limit'], list),
  )
}

function trendRowOf(experiment: string, name: string, rows: readonly TrendRow[]) {
  const measures = rows.flatMap(({ objectives }) =>
    Object.hasOwn(objectives, name) ? [objectives[name] as Measure] : [],
  )
  const last = measures.at(-1) as Measure
  return [
    `${experiment}: ${name}`,
    sparkline(measures),
    formatMeasure(last.value, last.unit),
    formatMeasure(last.limit, last.unit),
  ]
}

/** Heights between the lowest and the highest value and limit; the dashed line is the newest limit. */
function sparkline(measures: readonly Measure[]): Markup {
  const limit = (measures.at(-1) as Measure).limit
  const values = measures.map(({ value }) => value)
  const low = Math.min(limit, ...values)
  const range = Math.max(limit, ...values) - low || 1
  const y = (value: number) => (22 - (20 * (value - low)) / range).toFixed(1)
  const x = (index: number) => (values.length === 1 ? 60 : (120 * index) / (values.length - 1)).toFixed(1)
  const points = values.map((value, index) => `${x(index)},${y(value)}`).join(' ')
  const newest = values.length - 1
  return html`<svg class="spark" viewBox="-2 0 124 24" role="img" aria-label="${values.length} runs"><line class="spark-limit" x1="0" x2="120" y1="${y(limit)}" y2="${y(limit)}"/><polyline class="spark-line" points="${points}"/><circle class="spark-dot" cx="${x(newest)}" cy="${y(values[newest] as number)}" r="2"/></svg>`
}
