import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { section } from '../parts.ts'

/** Where the charts go. They are drawn in the browser from the data block; without scripts the tables say the same. */
export function timelineSection({ data }: PageInput): Markup | undefined {
  if (data === undefined || data.bins === 0) return undefined
  const seconds = data.binMs / 1_000
  return section(
    'timeline',
    'Timeline',
    html`<p>One point is ${seconds === 1 ? 'a second' : `${seconds} seconds`}. Shaded: a fault, from being felt (dark edge) to its heal; dotted: from its injection. All charts share one cursor; drag to look closer, double-click for the whole run.
${data.observationsLeftOut > 0 && `${data.observationsLeftOut} more series were recorded than can be shown.`}</p>
<p class="missing" id="no-charts">The charts are drawn by a script in this file, and scripts are off. The tables have the same counts.</p>
<div id="charts" hidden>
<div class="cursor"><label for="moment">Moment</label><input id="moment" type="range" min="0" max="${data.bins - 1}" value="0" step="1">
<output id="readout" for="moment"></output></div>
<div id="plots"></div>
<details id="numbers"><summary>The numbers behind the charts</summary><div id="numbers-table" class="scroll" tabindex="0" role="region" aria-label="Numbers behind the charts"></div></details>
</div>`,
  )
}
