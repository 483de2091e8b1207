import type { RunRecord } from '../../run-record.ts'
import { formatLatency, formatMoment } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { section, table } from '../parts.ts'

/** Each fault with its plan, its proof from outside and its heal. */
export function faultsSection({ record }: PageInput): Markup {
  if (record.faults.length === 0) {
    return section('faults', 'Faults', html`<p>No faults were played: this is a control run.</p>`)
  }
  const rows = record.faults.map((fault) => [
    fault.id,
    html`${fault.describe}<br><small>${fault.kind} on ${fault.target}${optionsOf(fault)}</small>`,
    formatMoment(plannedMs(record, fault)),
    formatMoment(fault.injectedMs),
    formatMoment(fault.feltMs),
    formatMoment(fault.healedMs),
    fault.felt
      ? html`<span class="mark pass"><span aria-hidden="true">✓</span> felt</span>`
      : html`<span class="mark unknown"><span aria-hidden="true">?</span> not felt</span>`,
    fault.error ?? fault.evidence,
  ])
  return section(
    'faults',
    'Faults, with proof',
    html`<p>A fault counts only if something other than the tool that made it shows that it was felt. Times are from the start of the run.</p>
${table('Faults', ['fault', 'what', '#planned', '#injected', '#felt', '#healed', 'proof', 'what was seen'], rows)}
${recoveryTable(record)}`,
  )
}

/** Each figure says from when it counts; the last one is what draining takes at the very least. */
function recoveryTable({ recoveries = [] }: RunRecord): Markup | undefined {
  if (recoveries.length === 0) return undefined
  const rows = recoveries.map(
    ({ fault, detectMs, firstSuccessMs, normalMs, drainedMs, drainedAtLeastMs }) => {
      return [fault, ...[detectMs, firstSuccessMs, normalMs, drainedMs, drainedAtLeastMs].map(formatLatency)]
    },
  )
  return table(
    'Recovery: how long after being felt, and how long after the heal',
    [
      'fault',
      '#felt to first sign',
      '#felt to first success',
      '#heal to normal',
      '#heal to drained',
      '#drained at least',
    ],
    rows,
  )
}

function plannedMs(record: RunRecord, { plannedAtMs }: RunRecord['faults'][number]): number | undefined {
  const { startedMs } = record.load
  return plannedAtMs === undefined || startedMs === undefined ? undefined : startedMs + plannedAtMs
}

function optionsOf({ options }: RunRecord['faults'][number]): string {
  const list = Object.entries(options).map(
    ([name, value]) => `${name} ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return list.length === 0 ? '' : `; ${list.join(', ')}`
}
