import type { Figures } from '../../aggregate/run-data.ts'
import { formatCount, formatLatency, formatMoment, formatShare } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { bar, section, table } from '../parts.ts'

/** Load asked for against load delivered, in each phase of the load. */
export function loadSection({ record, data, historyProblem }: PageInput): Markup {
  const intro = html`<p>${record.load.description}.</p>`
  if (data === undefined) {
    return section(
      'load',
      'Load: asked for and delivered',
      html`${intro}<p class="missing">${historyProblem ?? 'There is no history of this run.'}</p>`,
    )
  }
  const { total, loadPhases } = data
  const rows = loadPhases.map((phase) => {
    const asked = plannedBetween(record.load.plannedPerSecond, phase, record.load.startedMs ?? 0)
    return row(
      html`${phase.name} <br><small class="nowrap">${formatMoment(phase.fromMs)} to ${formatMoment(phase.toMs)}</small>`,
      phase,
      asked,
    )
  })
  const all = row(html`<strong class="nowrap">whole run</strong>`, total, record.load.plannedArrivals)
  return section(
    'load',
    'Load: asked for and delivered',
    html`${intro}
<p>${formatCount(total.delivered)} of ${formatCount(record.load.plannedArrivals)} planned arrivals were delivered
(${formatShare(total.delivered, record.load.plannedArrivals)}); the load generator dropped ${formatCount(total.dropped)}.
Arrivals do not wait for the service. Response times count from the intended start of an arrival; service times, beside them, from sending.</p>
${table(
  'Load by phase',
  [
    'phase',
    '#asked',
    '#delivered',
    '#dropped',
    '#attempts',
    'answers',
    '#accepted',
    '#shed',
    '#refused',
    '#unsure',
    '#p50',
    '#p95',
    '#p99',
    '#p99 service',
  ],
  [...rows, all],
)}`,
  )
}

function row(name: Markup, figures: Figures, asked: number | undefined) {
  const { responseMs, serviceMs } = figures
  const parts = [
    ['ok', figures.ok],
    ['shed', figures.shed],
    ['refused', figures.refused],
    ['unsure', figures.unsure],
  ] as const
  return [
    name,
    asked === undefined ? '–' : formatCount(Math.round(asked)),
    formatCount(figures.delivered),
    formatCount(figures.dropped),
    formatCount(figures.attempts),
    bar(parts, figures.attempts),
    ...parts.map(([, count]) => formatCount(count)),
    formatLatency(responseMs.p50),
    formatLatency(responseMs.p95),
    formatLatency(responseMs.p99),
    formatLatency(serviceMs.p99),
  ]
}

/** Sum of the planned arrivals of a phase; seconds that it shares with its neighbours count by their share. */
function plannedBetween(
  perSecond: readonly number[] | undefined,
  { fromMs, toMs }: { readonly fromMs: number; readonly toMs: number },
  startedMs: number,
): number | undefined {
  return perSecond?.reduce((sum, planned, second) => {
    const overlapMs =
      Math.min(toMs - startedMs, (second + 1) * 1_000) - Math.max(fromMs - startedMs, second * 1_000)
    return sum + planned * Math.max(0, Math.min(1, overlapMs / 1_000))
  }, 0)
}
