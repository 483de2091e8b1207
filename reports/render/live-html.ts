import type { BrowserAssets } from './browser-assets.ts'
import type { LiveTitle } from './live-terminal.ts'
import { html, Markup } from './markup.ts'
import { policy } from './policy.ts'

/** The page of a run that goes on: filled by its script from the events of the same address, and by nothing else. */
export function renderLivePage({ experiment, seed }: LiveTitle, assets: BrowserAssets): string {
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(assets, "'self'")}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="referrer" content="no-referrer">
<title>${experiment} goes on</title>
<style>${new Markup(assets.style)}</style>
</head>
<body>
<main>
<header class="answer unknown" id="answer">
<p class="badge" id="badge">goes on</p>
<h1>${experiment}</h1>
<p class="sentence"><span id="phase" role="status">starting</span> <span id="seconds"></span></p>
<p><small>seed <code>${seed}</code></small></p>
<p id="report" hidden>The report: <code id="report-path"></code></p>
</header>
<dl class="moment" id="rows"></dl>
<section aria-labelledby="rates-title"><h2 id="rates-title">Orders a second</h2>
${chart('rates', ['asked', 'accepted', 'shed'])}</section>
<section aria-labelledby="response-title"><h2 id="response-title">Response time, 99 %, ms</h2>
${chart('response', ['responseMsP99'])}</section>
<section aria-labelledby="backlog-title"><h2 id="backlog-title">Orders in the queue</h2>
${chart('backlog', ['backlog'])}</section>
<noscript>This page needs its script; the terminal shows the same.</noscript>
</main>
<script>${new Markup(assets.script)}</script>
</body>
</html>
`
  return page.text
}

const words: Readonly<Record<string, string>> = { responseMsP99: '99 %', backlog: 'queued' }

/** Numbers stand in the rows above, so that the lines are hidden from readers of text. */
function chart(id: string, lines: readonly string[]): Markup {
  return html`<figure class="moments"><svg id="${id}" viewBox="0 0 600 120" preserveAspectRatio="none" aria-hidden="true">${lines.map(
    (line) => html`<polyline class="line-${line}" data-point="${line}"/>`,
  )}</svg><figcaption><output id="${id}-max">–</output> at most${lines.length > 1 && lines.map((line) => html` <span class="key-${line}">${words[line] ?? line}</span>`)}</figcaption></figure>`
}
