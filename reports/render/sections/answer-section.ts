import { type Answer, answerOf, type BrokenPromise } from '../answer.ts'
import { formatCount, formatLatency, formatMeasure } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'

const marks = { pass: '✓', fail: '✗', unknown: '?' } as const
const words = { pass: 'Pass', fail: 'Fail', unknown: 'Unknown' } as const
// The first screen of a phone has room for so many; the rest is one click away.
const shownMax = 3

/** The answer in ten seconds: verdict, reason, replay line, what was not judged. Nothing else stands above it. */
export function answerSection(input: PageInput): Markup {
  const { record } = input
  const answer = answerOf(record)
  return html`<header class="answer ${answer.verdict}">
<p class="badge"><span aria-hidden="true">${marks[answer.verdict]}</span> ${words[answer.verdict]}</p>
<h1>${record.experiment}${record.mutant !== undefined && html` <small>mutant ${record.mutant}</small>`}</h1>
<p class="question">${record.question}</p>
<p class="sentence">${answer.sentence}</p>
<div class="replay"><code id="replay" tabindex="0" aria-label="Command that repeats this run">${record.replay}</code><button type="button" data-copy="replay" hidden>Copy</button></div>
${tiles(input)}
${brokenList(answer.broken, new Set(input.stories?.map(({ id }) => id)))}
</header>
${notJudged(answer, input.historyProblem)}`
}

function brokenList(broken: readonly BrokenPromise[], explained: ReadonlySet<string>): Markup | undefined {
  if (broken.length === 0) return undefined
  const items = broken.map((promise) => brokenItem(promise, explained))
  if (broken.length <= shownMax) return html`<ul class="broken">${items}</ul>`
  const rest = broken.length - shownMax
  return html`<ul class="broken">${items.slice(0, shownMax)}</ul>
<details><summary>${rest} more broken</summary><ul class="broken">${items.slice(shownMax)}</ul></details>`
}

/** An example that has a story on the page leads to it; another one is its own story. */
function brokenItem({ promise, reasons, examples }: BrokenPromise, explained: ReadonlySet<string>): Markup {
  const reason = reasons.join('; ') || 'broken'
  return html`<li><strong>${promise}</strong>: ${reason}${examples.length > 0 && html` <span class="examples">${examples.slice(0, 3).map((id) => (explained.has(id) ? html`<a href="#${anchorOf(id)}">${id}</a> ` : html`<span>${id}</span> `))}</span>`}</li>`
}

/** The place on the page where an id is explained. */
export function anchorOf(id: string): string {
  return `id-${encodeURIComponent(id.toWellFormed())}`
}

function notJudged({ notJudged: list, left }: Answer, historyProblem: string | undefined): Markup {
  return html`${group('not-judged', 'Not judged, and why', historyProblem === undefined ? list : [...list, historyProblem])}${group('left', 'Still broken or left behind', left)}`
}

function group(id: string, title: string, list: readonly string[]): Markup | undefined {
  if (list.length === 0) return undefined
  return html`<section class="caution" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2><ul>${list.map((entry) => html`<li>${entry}</li>`)}</ul></section>`
}

/** A handful of figures; each is shown only where it was measured. */
function tiles({ record, data }: PageInput): Markup {
  const counts = (record.result?.counts ?? {}) as Readonly<Record<string, number>>
  const isJudged = (name: string) => record.promises.find((one) => one.name === name)?.verdict !== 'unknown'
  const count = (name: string) => (counts[name] === undefined ? undefined : formatCount(counts[name]))
  // Nobody lost, where nobody looked, is not a nought.
  const judged = (name: string, promise: string) => (isJudged(promise) ? count(name) : 'not judged')
  const lasted =
    record.endedAt === undefined ? undefined : Date.parse(record.endedAt) - Date.parse(record.startedAt)
  const drained = record.objectives.find(({ name }) => name === 'time-to-drained')
  const list: readonly (readonly [string, string | undefined])[] = [
    ['acknowledged', count('acknowledged')],
    ['lost', judged('lost', 'no-lost-orders')],
    ['duplicated', judged('duplicated', 'no-duplicated-orders')],
    [
      'p99 response',
      data?.total.responseMs.p99 === undefined ? undefined : formatLatency(data.total.responseMs.p99),
    ],
    ['drained in', drained?.value === undefined ? undefined : formatMeasure(drained.value, drained.unit)],
    [
      'faults felt',
      record.faults.length === 0
        ? undefined
        : `${record.faults.filter(({ felt }) => felt).length} of ${record.faults.length}`,
    ],
    ['took', lasted === undefined || Number.isNaN(lasted) ? undefined : formatLatency(lasted)],
  ]
  const shown = list.filter(([, value]) => value !== undefined)
  return html`<dl class="tiles">${shown.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
}
