import type { Difference, Judgement } from '../../compare.ts'
import { formatMeasure } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { Beside, PageInput } from '../page-input.ts'
import { section, table } from '../parts.ts'

/** This run beside the last good one, and beside the same load without faults; with what good runs differ by anyway. */
export function comparisonSection({ record, lastGood, control }: PageInput): Markup | undefined {
  if (lastGood === undefined && control === undefined) return undefined
  return section(
    'comparison',
    'Comparison with earlier runs',
    html`<p>A difference counts only beyond what good runs of the same question, load and service differ by anyway.</p>
${lastGood === undefined ? html`<p class="missing">There is no good run of ${record.experiment} before this one.</p>` : beside('The last good run', lastGood)}
${control !== undefined && beside('The control run: the same load without faults', control)}`,
  )
}

const words: Readonly<Record<Judgement, string>> = {
  same: 'within the noise',
  better: 'better',
  worse: 'worse',
  unclear: 'too few good runs to tell',
}
const marks = { same: '', better: 'mark pass', worse: 'mark fail', unclear: '' } as const

function beside(title: string, { run, differences }: Beside): Markup {
  const rows = differences.map(({ objective, unit, before, after, usual, judgement }) => [
    objective,
    value(before, unit),
    value(after, unit),
    difference({ unit, before, after, usual }),
    usual === undefined
      ? '–'
      : `${value(usual.median, unit)}, ${value(usual.worst, unit)} at worst (${usual.runs} runs)`,
    html`<span class="${marks[judgement]}">${words[judgement]}</span>`,
  ])
  const caption = `${title}: ${run.runId}, commit ${run.commit.slice(0, 12)}`
  return table(caption, ['objective', '#then', '#now', '#difference', 'usual', 'so it is'], rows)
}

/** "+120 ms ± 80 ms": the interval is what good runs may differ by. */
function difference({
  unit,
  before,
  after,
  usual,
}: Pick<Difference, 'unit' | 'before' | 'after' | 'usual'>): string {
  if (before === undefined || after === undefined) return '–'
  const sign = after > before ? '+' : after < before ? '−' : ''
  const interval =
    usual === undefined ? '' : ` ± ${formatMeasure(Math.abs(usual.worst - usual.median), unit)}`
  return `${sign}${formatMeasure(Math.abs(after - before), unit)}${interval}`
}

function value(measure: number | undefined, unit: Difference['unit']): string {
  return measure === undefined ? '–' : formatMeasure(measure, unit)
}
