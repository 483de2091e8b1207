import type { LiveFault, LiveSnapshot, Reading } from '../live/live-state.ts'
import { escapeTerminal } from './escape.ts'
import { formatCount, formatLatency } from './format.ts'

/** What does not change while a run goes. */
export interface LiveTitle {
  readonly experiment: string
  readonly seed: string
  /** Planned arrivals a second at a moment of the run; undefined before the load began. */
  askedAt(timeMs: number): number | undefined
  readonly faultsPlanned: number
}

export interface LiveOptions {
  readonly columns: number
  readonly color: boolean
}

/** The live view on a terminal: always so many lines, none longer than the terminal is wide. */
export function liveLines(title: LiveTitle, snapshot: LiveSnapshot, options: LiveOptions): string[] {
  const { timeMs, phase } = snapshot
  const lines = [
    `${title.experiment}  seed ${title.seed}  ${phase ?? 'starting'}  ${Math.floor(timeMs / 1_000)} s`,
    ...liveRows(title, snapshot).map(([name, text]) => `  ${name.padEnd(10)}${text}`),
  ]
  return lines.map((line, index) => {
    const text = cut(escapeTerminal(line), options.columns)
    return options.color && index === 0 ? `\u001b[1m${text}\u001b[0m` : text
  })
}

/** What every live view says of a moment: rows of a name and a text, always the same names. */
export function liveRows(title: LiveTitle, snapshot: LiveSnapshot): readonly (readonly [string, string])[] {
  const { rates, totals, p99Ms, timeMs, readings, faults } = snapshot
  const asked = title.askedAt(timeMs)
  return [
    [
      'arrivals',
      `${asked === undefined ? '–' : rate(asked)} asked, ${rate(rates.delivered)} delivered, ${formatCount(totals.dropped)} dropped`,
    ],
    [
      'answers',
      `${rate(rates.ok)} accepted, ${rate(rates.shed)} shed, ${rate(rates.unsure)} unsure, p99 ${formatLatency(p99Ms)}`,
    ],
    ['backlog', readingsLine(readings)],
    ['faults', faultsLine(faults, timeMs)],
    ['so far', soFar(title, snapshot)],
  ]
}

/** The same in one line, for logs. */
export function plainLine({ askedAt }: LiveTitle, snapshot: LiveSnapshot): string {
  const { rates, totals, p99Ms, timeMs, phase, readings, faults } = snapshot
  const active = faults.filter(isActive).map(({ fault, kind, target }) => `${fault} ${kind} on ${target}`)
  const asked = askedAt(timeMs)
  const parts = [
    `${Math.floor(timeMs / 1_000)} s ${phase ?? 'starting'}:`,
    ...(asked === undefined ? [] : [`${rate(asked)} asked,`]),
    `${rate(rates.ok)} accepted, p99 ${formatLatency(p99Ms)}, backlog ${formatCount(readingOf(readings, 'queue-depth') ?? 0)},`,
    `${formatCount(totals.ok)} acknowledged in all`,
    ...(active.length === 0 ? [] : [`(${active.join('; ')})`]),
  ]
  return escapeTerminal(parts.join(' '))
}

/** What to print so that these lines stand where the ones before stood; nothing is scrolled. */
export function drawOver(linesBefore: number, lines: readonly string[]): string {
  const up = linesBefore > 0 ? `\u001b[${linesBefore}A` : ''
  return `${up}${lines.map((line) => `\u001b[2K${line}\n`).join('')}`
}

/** What to print so that the lines are gone, and the cursor stands where the first one was. */
export function eraseLines(count: number): string {
  return `\u001b[${count}A\u001b[J`
}

function rate(perSecond: number): string {
  return `${formatCount(Math.round(perSecond))}/s`
}

function readingsLine(readings: readonly Reading[]): string {
  const count = (name: string) => readingOf(readings, name)
  const away = readings
    .filter(({ name, value }) => name === 'answering' && value === 0)
    .map(({ label }) => label)
  const open = readings
    .filter(({ name, value }) => name === 'breaker-state' && value > 0)
    .map(({ label }) => label)
  const parts = [
    `${formatCount(count('queue-depth') ?? 0)} queued, ${formatCount(count('unacknowledged') ?? 0)} in hand`,
    `${formatCount(count('dead-letters') ?? 0)} dead letters`,
    ...(count('workers') === undefined ? [] : [workersAtWork(count)]),
    ...(count('new-replicas') === undefined ? [] : [`new version in ${count('new-replicas')}`]),
    ...(away.length === 0 ? [] : [`not answering: ${away.join(', ')}`]),
    ...(open.length === 0 ? [] : [`breaker not closed: ${open.join(', ')}`]),
  ]
  return parts.join(', ')
}

function workersAtWork(count: (name: string) => number | undefined): string {
  return `${count('workers-ready') ?? 0} of ${count('workers')} workers ready`
}

export function readingOf(readings: readonly Reading[], wanted: string): number | undefined {
  return readings.find(({ name }) => name === wanted)?.value
}

function isActive({ state }: LiveFault): boolean {
  return state !== 'healed'
}

function faultsLine(faults: readonly LiveFault[], timeMs: number): string {
  const active = faults.filter(isActive)
  if (active.length === 0) return faults.length === 0 ? 'none yet' : `none in, ${faults.length} healed`
  return active
    .map(({ fault, kind, target, state, sinceMs }) => {
      return `${fault} ${kind} on ${target}: ${state}, ${formatLatency(Math.max(0, timeMs - sinceMs))}`
    })
    .join('; ')
}

/** Whether anything is lost is known only after the final read; this says what is known until then. */
function soFar({ faultsPlanned }: LiveTitle, { totals, faults }: LiveSnapshot): string {
  const felt = faults.filter(({ state }) => state === 'felt' || state === 'healed').length
  const counts = `${formatCount(totals.ok)} acknowledged, ${formatCount(totals.unsure)} unsure`
  return `${counts}, ${felt} of ${faultsPlanned} faults felt; the verdict needs the final read`
}

function cut(text: string, columns: number): string {
  return text.length <= columns ? text : `${text.slice(0, Math.max(0, columns - 1))}…`
}
