import type { Measure, TrendRow } from '../trend/trend-row.ts'
import { escapeTerminal } from './escape.ts'
import { formatMeasure } from './format.ts'

const marks = { pass: '✓', fail: '✗', unknown: '?' } as const
const blocks = '▁▂▃▄▅▆▇█'

/** Runs as lines, oldest first, and a line for each objective that shows how it moved. */
export function renderTrend(rows: readonly TrendRow[]): string {
  if (rows.length === 0) return 'no finished runs yet; play one: npm run spike'
  return [...rows.map(runLine), '', ...objectiveLines(rows)].join('\n').trimEnd()
}

function runLine({ verdict, startedAt, experiment, mutant, seed, commit, sentence }: TrendRow): string {
  const name = mutant === undefined ? experiment : `${experiment} (mutant ${mutant})`
  const text = `${startedAt.slice(0, 16)}  ${name}  seed ${seed}  ${commit.slice(0, 8)}  ${sentence}`
  return `${marks[verdict]} ${escapeTerminal(text)}`
}

/** Objectives of the service itself: a mutant's numbers say nothing about its trend. */
function objectiveLines(rows: readonly TrendRow[]): string[] {
  const honest = rows.filter(({ mutant }) => mutant === undefined)
  const byExperiment = Map.groupBy(honest, ({ experiment }) => experiment)
  return [...byExperiment].flatMap(([experiment, runs]) => {
    const names = new Set(runs.flatMap(({ objectives }) => Object.keys(objectives)))
    return [...names].map((name) => objectiveLine(experiment, name, runs))
  })
}

function objectiveLine(experiment: string, name: string, runs: readonly TrendRow[]): string {
  const measures = runs.flatMap(({ objectives }) =>
    Object.hasOwn(objectives, name) ? [objectives[name] as Measure] : [],
  )
  const values = measures.map(({ value }) => value)
  const last = measures.at(-1)
  const newest = last === undefined ? '' : formatMeasure(last.value, last.unit)
  return escapeTerminal(`${experiment} ${name}: ${sparkline(values)} ${newest}`)
}

/** One block a value, the lowest to the highest of them. */
export function sparkline(values: readonly number[]): string {
  const low = Math.min(...values)
  const range = Math.max(...values) - low
  const block = (value: number) =>
    range === 0 ? 0 : Math.round(((value - low) / range) * (blocks.length - 1))
  return values.map((value) => blocks[block(value)]).join('')
}
