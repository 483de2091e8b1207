import type { FaultLine, HistoryLine, OperationLine, ReadLine, RunLine } from '../history/line.ts'
import type { End } from './account.ts'
import { OrderBooks } from './books/order-books.ts'
import { tallyOf } from './books/tally.ts'
import { WatchBook } from './books/watch-book.ts'
import { classCheckers } from './list.ts'
import type { FailingClass } from './result.ts'

/** One thing that happened to an id, with what was broken at that time. */
export interface ExplainedStep {
  readonly timeMs: number
  /** "submit, attempt 1 by k6/3: ok, status 202". */
  readonly text: string
  readonly line: OperationLine | ReadLine
  /** The last phase mark before it; nothing where there is none. */
  readonly phase: string | undefined
  /** "f1 container-kill on worker-1", for each fault that was in. */
  readonly faults: readonly string[]
}

/** Everything that a history says of one id, in the order of time. No step: the history does not name it. */
export interface Explanation {
  readonly id: string
  readonly end: End
  readonly classes: readonly FailingClass[]
  readonly steps: readonly ExplainedStep[]
}

export interface ExplainInProgress {
  see(line: HistoryLine): void
  end(): readonly Explanation[]
}

/** What happened to each of these ids. The lines are those of a valid history, packed ones as JSON has them. */
export function explain(lines: Iterable<HistoryLine>, ids: readonly string[]): readonly Explanation[] {
  const inProgress = beginExplain(ids)
  for (const line of lines) inProgress.see(line)
  return inProgress.end()
}

/** The same for lines as they come. Keeps the lines of these ids, of faults and of phases alone. */
export function beginExplain(ids: readonly string[]): ExplainInProgress {
  const watch = new WatchBook()
  const marks: { timeMs: number; phase: string }[] = []
  const faults: FaultLine[] = []
  const linesOf = new Map<string, (OperationLine | ReadLine)[]>(ids.map((id) => [id, []]))
  return {
    see(line) {
      if (line.kind === 'op' || line.kind === 'read') linesOf.get(line.id)?.push(line)
      if (line.kind === 'read') watch.readLines(line.place, 1)
      if (line.kind === 'read-complete') watch.readComplete(line)
      if (line.kind === 'run') watch.run(line)
      if (line.kind === 'phase') marks.push(line)
      if (line.kind === 'fault') faults.push(line)
    },
    end() {
      const allPlacesRead = watch.unreadPlaces().length === 0
      return ids.map((id) => {
        const lines = linesOf.get(id) as (OperationLine | ReadLine)[]
        const steps = lines.map((line) => ({
          timeMs: line.timeMs,
          text: textOf(line),
          line,
          phase: marks.findLast(({ timeMs }) => timeMs <= line.timeMs)?.phase,
          faults: activeAt(faults, line.timeMs),
        }))
        return { id, ...judged(lines, allPlacesRead), steps: steps.toSorted((a, b) => a.timeMs - b.timeMs) }
      })
    },
  }
}

function judged(lines: readonly HistoryLine[], allPlacesRead: boolean): Pick<Explanation, 'end' | 'classes'> {
  const books = new OrderBooks((expected) => {
    throw new TypeError(`these are not the lines of a valid history: ${expected}`)
  })
  books.see({ kind: 'run' } as RunLine)
  for (const line of lines) books.see(line)
  books.endFile()
  const tally = tallyOf(books)
  const is = (...ends: End[]) => tally.count(({ end }) => ends.includes(end)) > 0
  return {
    end: is('ok') ? 'ok' : is('info') ? 'info' : is('fail') ? 'fail' : 'never-invoked',
    classes: classCheckers
      .filter(({ applies }) => tally.count((account) => applies(account, allPlacesRead)) > 0)
      .map(({ orderClass }) => orderClass),
  }
}

/** From its injection, or its attempt where that was never confirmed, to its heal. */
function activeAt(lines: readonly FaultLine[], timeMs: number): readonly string[] {
  const active = new Map<string, string>()
  for (const line of lines.toSorted((a, b) => a.timeMs - b.timeMs)) {
    if (line.timeMs > timeMs) break
    if (line.event === 'injected' || line.event === 'injecting')
      active.set(line.fault, `${line.fault} ${line.faultKind} on ${line.target}`)
    if (line.event === 'healed') active.delete(line.fault)
  }
  return [...active.values()]
}

function textOf(line: OperationLine | ReadLine): string {
  if (line.kind === 'read') {
    const effects = line.effects === undefined ? [] : [`effects [${line.effects.join(', ')}]`]
    const reason = line.reason === undefined ? [] : [`reason ${line.reason}`]
    return [`found in the ${placeNames[line.place]}, digest ${line.digest}`, ...effects, ...reason].join(', ')
  }
  const { type, action, attempt, process, digest, expect, status, error } = line
  const details =
    type === 'invoke'
      ? [digest && `digest ${digest}`, expect === 'dead-letter' && 'expected in the dead letters']
      : [status !== undefined && `status ${status}`, error && `error: ${error}`]
  return [`${action}, attempt ${attempt} by ${process}: ${type}`, ...details.filter(Boolean)].join(', ')
}

const placeNames = { store: 'store', 'dead-letter': 'dead letters', queue: 'queue' } as const
