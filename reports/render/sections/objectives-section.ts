import type { HeatMap, HeatRow } from '../../aggregate/run-data.ts'
import { formatCount, formatMeasure } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { section, table, verdictMark } from '../parts.ts'

/** Promises and objectives with their evidence, and where the response times lie. */
export function objectivesSection({ record, data }: PageInput): Markup {
  const promises = record.promises.map(({ promise, verdict, examined, counts, reasons }) => [
    promise,
    verdictMark(verdict),
    formatCount(examined),
    Object.entries(counts)
      .map(([name, count]) => `${name} ${formatCount(count)}`)
      .join(', '),
    reasons.join('; '),
  ])
  const objectives = record.objectives.map(
    ({ promise, verdict, value, limit, unit, window, samples, reasons }) => [
      promise,
      verdictMark(verdict),
      value === undefined ? 'not measured' : formatMeasure(value, unit),
      formatMeasure(limit, unit),
      window,
      formatCount(samples),
      reasons.join('; '),
    ],
  )
  return section(
    'promises',
    'Promises and objectives',
    html`${promises.length > 0 && table('Promises', ['promise', 'verdict', '#examined', 'counts', 'reason'], promises)}
${objectives.length > 0 && table('Objectives', ['objective', 'verdict', '#value', '#limit', 'worst window', '#samples', 'reason'], objectives)}
${promises.length + objectives.length === 0 && html`<p class="missing">Nothing was judged.</p>`}
${data !== undefined && data.heat.rows.length > 0 && heatTable(data.heat)}`,
  )
}

/** Shade 0 (none) to 9 (the phase's most frequent), so that phases of different length can be compared. */
function heatTable({ phases, rows }: HeatMap): Markup {
  const most = phases.map((_, column) => Math.max(1, ...rows.map(({ counts }) => counts[column] ?? 0)))
  const cell = (count: number, column: number) => {
    const shade = count === 0 ? 0 : Math.max(1, Math.round((9 * count) / (most[column] as number)))
    return html`<td class="number heat-${shade}">${count === 0 ? '' : formatCount(count)}</td>`
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Response times by phase"><table class="heat">
<caption>Accepted answers by response time, in each phase of the load</caption>
<thead><tr><th scope="col">response time</th>${phases.map((phase) => html`<th scope="col" class="number">${phase}</th>`)}</tr></thead>
<tbody>${rows.map((row) => html`<tr><th scope="row">${rangeOf(row)}</th>${row.counts.map(cell)}</tr>`)}</tbody>
</table></div>`
}

function rangeOf({ fromMs, toMs }: HeatRow): string {
  const name = (ms: number) => (ms < 1_000 ? `${ms} ms` : `${ms / 1_000} s`)
  return toMs === undefined ? `${name(fromMs)} and more` : `${name(fromMs)} to ${name(toMs)}`
}
