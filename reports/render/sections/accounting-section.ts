import type { RunRecord } from '../../run-record.ts'
import { formatCount } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { bar, section, table } from '../parts.ts'
import { anchorOf } from './answer-section.ts'

interface Result {
  readonly counts?: Readonly<Record<string, number>>
  readonly examples?: Readonly<Record<string, readonly string[]>>
}

/** Every class of an id: its meaning, and whether it breaks a promise. */
const classes = [
  ['lost', 'acknowledged, and nowhere to be found; or stored without its effect', true],
  ['duplicated', 'its effect was carried out twice or more', true],
  ['phantom', 'found, and never sent', true],
  ['resurrected', 'refused, and carried out all the same', true],
  ['corrupted', 'found with another payload than was sent', true],
  ['misplaced', 'in the dead letters instead of the store, or the other way round', true],
  ['stuck', 'still queued at the final read', true],
  ['recovered', 'the answer was lost, the order was carried out: allowed', false],
  ['indeterminate', 'the answer was lost, the order was not carried out: allowed', false],
] as const

/** Where every id went: as a flow, as a table of classes, and as sums over the hops that others keep. */
export function accountingSection({ record, stories = [] }: PageInput): Markup {
  const { counts, examples = {} } = (record.result ?? {}) as Result
  if (counts === undefined) {
    return section(
      'accounting',
      'Accounting',
      html`<p class="missing">The run was not judged, so no id is accounted for.</p>`,
    )
  }
  const explained = new Set(stories.map(({ id }) => id))
  const link = (id: string) =>
    explained.has(id) ? html`<a href="#${anchorOf(id)}">${id}</a> ` : html`<code>${id}</code> `
  const rows = classes.map(([name, meaning, breaks]) => {
    const count = counts[name] ?? 0
    const word = breaks ? wordOf(record, name, count) : 'allowed'
    return [
      html`<span class="${breaks && count > 0 ? 'mark fail' : ''}">${name}</span>`,
      formatCount(count),
      word,
      meaning,
      html`<span class="ids">${(examples[name] ?? []).map(link)}</span>`,
    ]
  })
  return section(
    'accounting',
    'Accounting',
    html`${flow(counts)}${table('Classes of orders', ['class', '#orders', 'promise', 'meaning', 'for example'], rows)}${hops(record)}`,
  )
}

/** Nobody found, where nobody could look, is not kept. */
function wordOf(record: RunRecord, name: string, count: number): string {
  if (count > 0) return 'broken'
  const promise = record.promises.find((one) => one.name === `no-${name}-orders`)
  return promise?.verdict === 'unknown' ? 'not judged' : 'kept'
}

/** attempted → acknowledged, unsure, refused → stored, dead letters, queue, lost; each as a share of all that was attempted. */
function flow(counts: Readonly<Record<string, number>>): Markup {
  const attempted = counts.attempted ?? 0
  const steps = [
    ['attempted', [['none', attempted]]],
    [
      'answered',
      [
        ['ok', counts.acknowledged ?? 0],
        ['unsure', counts.unsure ?? 0],
        ['refused', counts.refused ?? 0],
      ],
    ],
    [
      'found',
      [
        ['ok', counts.stored ?? 0],
        ['dead', counts.deadLettered ?? 0],
        ['queued', counts.queued ?? 0],
        ['lost', counts.lost ?? 0],
      ],
    ],
  ] as const
  const names: Readonly<Record<string, string>> = {
    none: 'orders',
    ok: 'acknowledged',
    dead: 'dead letters',
    queued: 'still queued',
  }
  const label = (step: string, name: string) =>
    step === 'found' && name === 'ok' ? 'stored' : (names[name] ?? name)
  return html`<ol class="flow">${steps.map(
    ([step, parts]) =>
      html`<li><span class="step">${step}</span>${bar(parts, attempted)}<span class="key">${parts
        .filter(([name, count]) => count > 0 || name === 'lost' || name === 'ok')
        .map(
          ([name, count]) =>
            html`<span class="key-item"><svg class="swatch" viewBox="0 0 1 1" aria-hidden="true"><rect class="part-${name}" width="1" height="1"/></svg>${label(step, name)} ${formatCount(count)}</span> `,
        )}</span></li>`,
  )}</ol>`
}

const hopNames = new Map([
  ['acceptedByApi', 'accepted, as the API counts'],
  ['confirmedByBroker', 'confirmed, as the broker counts'],
  ['effectsInStore', 'effects, as the store has them'],
])

function hops(record: RunRecord): Markup | undefined {
  const entries = Object.entries(record.hops)
  if (entries.length === 0) return undefined
  const rows = entries.map(([name, count]) => [
    hopNames.get(name) ?? name,
    count === null ? 'not readable' : formatCount(count),
  ])
  return table('The same, as others count it', ['counter', '#count'], rows)
}
