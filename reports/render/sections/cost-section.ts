import { estimateCosts } from '../../cost/cost.ts'
import { formatCount } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { section, table } from '../parts.ts'

/** What a million orders would cost in three ways of running the service, by a table of prices that anyone may edit. */
export function costSection({ data, prices }: PageInput): Markup | undefined {
  if (data === undefined || prices === undefined) return undefined
  if (typeof prices === 'string') {
    return section(
      'cost',
      'Cost',
      html`<p class="missing">reports/cost/prices.json cannot be used: ${prices}</p>`,
    )
  }
  const costs = estimateCosts(data, prices)
  if (costs === undefined) return undefined
  const money = (value: number) => `${formatMoney(value)} ${prices.currency}`
  const rows = costs.ways.map(({ name, how, computing, total }) => [
    name,
    how,
    money(computing),
    money(total),
  ])
  return section(
    'cost',
    'Cost',
    html`<p>An estimate for a million accepted orders, if all load were like this run's: ${formatCount(Math.round(costs.peakPerSecond))}/s at the peak,
${formatCount(Math.round(costs.averagePerSecond))}/s on average, and ${formatCount(Math.round(costs.carriedPerReplica))}/s that one API replica was seen to carry (it may carry more).
${prices.about} The table is reports/cost/prices.json.</p>
${table('A million accepted orders', ['way', 'how', '#computing', '#with messages and storage'], rows)}
<p>Not in it: the broker's and the store's own machines, which cost the same in each way, and the time in which an autoscaler is late.</p>`,
  )
}

/** Two digits that matter, however small. */
function formatMoney(value: number): string {
  return value >= 1 ? value.toFixed(2) : String(Number(value.toPrecision(2)))
}
