import type { BrowserAssets } from './browser-assets.ts'
import { chartData } from './chart-data.ts'
import { html, Markup } from './markup.ts'
import type { PageInput, Section } from './page-input.ts'
import { policy } from './policy.ts'
import { accountingSection } from './sections/accounting-section.ts'
import { answerSection } from './sections/answer-section.ts'
import { comparisonSection } from './sections/comparison-section.ts'
import { costSection } from './sections/cost-section.ts'
import { environmentSection } from './sections/environment-section.ts'
import { faultsSection } from './sections/faults-section.ts'
import { loadSection } from './sections/load-section.ts'
import { objectivesSection } from './sections/objectives-section.ts'
import { sideBySideSection } from './sections/side-by-side-section.ts'
import { storiesSection } from './sections/stories-section.ts'
import { timelineSection } from './sections/timeline-section.ts'

/** From the answer down to the details. */
const sections: readonly Section[] = [
  loadSection,
  timelineSection,
  accountingSection,
  storiesSection,
  faultsSection,
  objectivesSection,
  sideBySideSection,
  comparisonSection,
  costSection,
  environmentSection,
]

const titles = [
  ['load', 'Load'],
  ['timeline', 'Timeline'],
  ['accounting', 'Accounting'],
  ['explain', 'What happened'],
  ['faults', 'Faults'],
  ['promises', 'Promises'],
  ['side-by-side', 'Side by side'],
  ['comparison', 'Comparison'],
  ['cost', 'Cost'],
  ['environment', 'Environment'],
] as const

/**
 * The page of a run: one file that asks for nothing from anywhere. Its policy allows exactly the style and the
 * script that are in it, by their hashes; whatever else gets into the text cannot run.
 */
export function renderHtml(input: PageInput, assets: BrowserAssets): string {
  const { record } = input
  const body = sections.map((make) => make(input))
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${record.verdict ?? 'unknown'}: ${record.experiment}, seed ${record.seed}</title>
<style>${new Markup(assets.style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the details</a>
${answerSection(input)}
<nav aria-label="On this page"><ul>${titles
    .filter(([id]) => body.some((part) => part?.text.startsWith(`<section id="${id}"`)))
    .map(([id, title]) => html`<li><a href="#${id}">${title}</a></li>`)}</ul></nav>
<main id="main" tabindex="-1">
${body}
</main>
<script type="application/json" id="data">${new Markup(jsonForScript(chartData(input)))}</script>
<script>${new Markup(assets.script)}</script>
</body>
</html>
`
  return page.text
}

/** JSON that cannot end its script element: no "<" is left in it. */
function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c')
}
