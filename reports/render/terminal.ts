import type { RunRecord } from '../run-record.ts'
import { type Answer, answerOf, type BrokenPromise } from './answer.ts'
import { escapeTerminal } from './escape.ts'
import { formatCount, formatMeasure, formatMoment } from './format.ts'

export interface TerminalOptions {
  readonly columns: number
  /** False with NO_COLOR, and where nobody looks. */
  readonly color: boolean
  /** Where the page is, for the last line. */
  readonly page?: string
}

const codes = { pass: 32, fail: 31, unknown: 33 } as const
const words = { pass: 'PASS', fail: 'FAIL', unknown: 'UNKNOWN' } as const
const columnsMin = 40

/** The verdict for people at a terminal: promises, counts, examples, active faults, and the replay line last. */
export function renderTerminal(record: RunRecord, options: TerminalOptions): string {
  const answer = answerOf(record)
  const paint = (text: string, code: number) => (options.color ? `\u001b[${code}m${text}\u001b[0m` : text)
  const wrapped = (text: string, indent: number) => wrap(text, Math.max(columnsMin, options.columns), indent)
  const head = `${words[answer.verdict]}  ${escapeTerminal(record.experiment)}  seed ${escapeTerminal(record.seed)}`
  return [
    '',
    paint(head, codes[answer.verdict]),
    ...wrapped(answer.sentence, 2),
    ...answer.broken.flatMap((broken) => ['', ...brokenLines(broken, wrapped, paint)]),
    ...(answer.broken.length === 0
      ? []
      : ['', ...wrapped(`faults that were played: ${faultsOf(record)}`, 2)]),
    ...listed('Not judged:', answer.notJudged, wrapped),
    ...listed('Still broken or left behind:', answer.left, wrapped),
    '',
    ...countLines(record),
    ...objectiveLines(record, paint),
    '',
    // Unwrapped, however long, so that it can be copied.
    `  replay: ${escapeTerminal(record.replay)}`,
    ...(options.page === undefined ? [] : [`  report: ${escapeTerminal(options.page)}`]),
    '',
  ].join('\n')
}

type Wrapped = (text: string, indent: number) => string[]
type Paint = (text: string, code: number) => string

function brokenLines(broken: BrokenPromise, wrapped: Wrapped, paint: Paint): string[] {
  const counts = Object.entries(broken.counts).map(([name, count]) => `${name} ${formatCount(count)}`)
  const [first = '', ...rest] = wrapped(broken.promise, 4)
  return [
    `${paint('  ✗', codes.fail)} ${first.trimStart()}`,
    ...rest,
    ...broken.reasons.flatMap((reason) => wrapped(reason, 6)),
    ...(counts.length === 0 ? [] : wrapped(counts.join(', '), 6)),
    ...(broken.examples.length === 0 ? [] : wrapped(`for example ${broken.examples.join(', ')}`, 6)),
  ]
}

function faultsOf(record: RunRecord): string {
  const played = record.faults.filter(({ injectedMs }) => injectedMs !== undefined)
  if (played.length === 0) return 'none'
  return played
    .map(({ id, describe, injectedMs, healedMs }) => {
      return `${id} ${describe} (${formatMoment(injectedMs)} to ${formatMoment(healedMs)})`
    })
    .join('; ')
}

function listed(title: string, list: Answer['notJudged'], wrapped: Wrapped): string[] {
  if (list.length === 0) return []
  return ['', `  ${title}`, ...list.flatMap((entry) => bullet(entry, wrapped))]
}

function bullet(entry: string, wrapped: Wrapped): string[] {
  const [first = '', ...rest] = wrapped(entry, 4)
  return [`  - ${first.trimStart()}`, ...rest]
}

const shownCounts = [
  'attempted',
  'acknowledged',
  'stored',
  'deadLettered',
  'queued',
  'lost',
  'duplicated',
  'recovered',
]

function countLines(record: RunRecord): string[] {
  const counts = record.result?.counts as Readonly<Record<string, number>> | undefined
  if (counts === undefined) return []
  const shown = shownCounts.filter((name) => typeof counts[name] === 'number')
  return [`  ${shown.map((name) => `${titles[name] ?? name} ${formatCount(counts[name] ?? 0)}`).join(' · ')}`]
}

const titles: Readonly<Record<string, string>> = { deadLettered: 'dead letters', queued: 'still queued' }

function objectiveLines(record: RunRecord, paint: Paint): string[] {
  return record.objectives.map(({ promise, verdict, value, limit, unit }) => {
    const seen = value === undefined ? 'not measured' : formatMeasure(value, unit)
    const mark = { pass: '✓', fail: '✗', unknown: '?' }[verdict]
    return `  ${paint(mark, codes[verdict])} ${escapeTerminal(promise)}: ${seen} (limit ${formatMeasure(limit, unit)})`
  })
}

/** Lines of at most `columns`, each indented. A word that is longer than a line has one to itself, uncut. */
function wrap(text: string, columns: number, indent: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of escapeTerminal(text).split(/ +/)) {
    if (line !== '' && indent + line.length + 1 + word.length > columns) {
      lines.push(line)
      line = word
    } else line = line === '' ? word : `${line} ${word}`
  }
  return [...lines, line].map((one) => ' '.repeat(indent) + one)
}
