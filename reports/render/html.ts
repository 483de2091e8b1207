import type { RunRecord } from '../run-record.ts'
import { escapeMarkup } from './escape.ts'

/** The page of a run: one file that asks for nothing from anywhere. */
export function renderHtml(record: RunRecord): string {
  const sentence = record.sentence ?? 'the run was cut off before it had a verdict'
  return `<!doctype html>
<html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<title>${escapeMarkup(`${record.experiment}: ${record.verdict ?? 'unknown'}`)}</title>
<h1>${escapeMarkup(sentence)}</h1>
<p>Replay: <code>${escapeMarkup(record.replay)}</code></p>
</html>
`
}
