import { formatMoment } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput, Story } from '../page-input.ts'
import { section, table } from '../parts.ts'
import { anchorOf } from './answer-section.ts'

/** What happened to each id that broke a promise, step by step, with the faults over it and the logs that name it. */
export function storiesSection({ stories = [] }: PageInput): Markup | undefined {
  if (stories.length === 0) return undefined
  return section(
    'explain',
    'What happened to them',
    html`${stories.map((story, index) => storyDetails(story, index === 0))}`,
  )
}

function storyDetails({ id, classes, steps, logs }: Story, open: boolean): Markup {
  const rows = steps.map(({ timeMs, what, faults }) => [formatMoment(timeMs), what, faults.join(', ') || '–'])
  return html`<details id="${anchorOf(id)}" class="story"${open ? html` open` : ''}>
<summary><code>${id}</code> <span class="mark fail">${classes.join(', ')}</span></summary>
${table(`Steps of ${id}`, ['time', 'what', 'faults then'], rows)}
${logs.length > 0 && html`<h3>Log lines that name it</h3><pre tabindex="0" aria-label="Log lines that name ${id}">${logs.map(({ source, text }) => `${source}: ${text}\n`)}</pre>`}
</details>`
}
