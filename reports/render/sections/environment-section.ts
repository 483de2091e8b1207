import { formatMoment } from '../format.ts'
import { html, type Markup } from '../markup.ts'
import type { PageInput } from '../page-input.ts'
import { section, table } from '../parts.ts'

/** What this was run on, when its phases began, and what a replay with the same seed does not repeat. */
export function environmentSection({ record }: PageInput): Markup {
  const facts: readonly (readonly [string, string])[] = [
    ['run', record.runId],
    ['system', record.mutant === undefined ? record.system : `${record.system}, mutant ${record.mutant}`],
    ['seed', record.seed],
    ['commit', record.commit],
    ['started', record.startedAt],
    ['ended', record.endedAt ?? 'never: the run was cut off'],
    ...Object.entries(record.environment),
  ]
  return section(
    'environment',
    'Environment',
    html`<p>The seed fixes the schedule, the choices and the payloads. It does not fix the timing of packets, threads and disks: a replay asks the same question, and may get another answer.</p>
${table('Run and environment', ['what', 'value'], facts)}
${table(
  'Phases of the run',
  ['phase', '#began'],
  record.phases.map(({ phase, timeMs }) => [phase, formatMoment(timeMs)]),
)}`,
  )
}
