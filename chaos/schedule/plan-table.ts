import { formatDuration } from '../kernel/duration.ts'
import { describeCondition } from './condition.ts'
import type { ScheduledFault } from './schedule.ts'

const columns = ['id', 'when', 'for', 'fault', 'target', 'options'] as const
type Row = Readonly<Record<(typeof columns)[number], string>>

/** What would happen, one injection a line, in the order of time (conditions last); a sentence where there is none. */
export function planTable(schedule: readonly ScheduledFault[]): string {
  if (schedule.length === 0) return 'no faults: the load alone'
  const rows = schedule.toSorted((one, other) => startMs(one) - startMs(other)).map(rowOf)
  const head = Object.fromEntries(columns.map((column) => [column, column])) as Row
  const widths = columns.map((column) => Math.max(...[head, ...rows].map((row) => row[column].length)))
  return [head, ...rows]
    .map((row) =>
      columns
        .map((column, at) => row[column].padEnd(widths[at] as number))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}

function rowOf({ id, kind, target, start, forMs, options }: ScheduledFault): Row {
  return {
    id,
    when:
      'atMs' in start
        ? `at ${formatDuration(start.atMs)}`
        : `${describeCondition(start.condition)}, by ${formatDuration(start.deadlineMs)}`,
    for: formatDuration(forMs),
    fault: kind,
    target: typeof target === 'string' ? target : `the ${target.role} chosen by ${target.by}`,
    options: Object.entries(options)
      .map(([name, value]) => `${name}=${JSON.stringify(value)}`)
      .join(' '),
  }
}

function startMs({ start }: ScheduledFault): number {
  return 'atMs' in start ? start.atMs : Number.MAX_SAFE_INTEGER
}
