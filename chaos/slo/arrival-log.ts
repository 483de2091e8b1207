import type { HistoryLine, OperationLine } from '../history/line.ts'

/** How an arrival ended, as its client saw it. */
export const arrivalEnds = [
  'open', // no answer yet: at the end of the history, we cannot know
  'accepted', // acknowledged, by whichever attempt
  'rejected', // wrong on purpose, and refused for that (400, 409, 413, 415, 422): no event that an objective counts
  'shed', // refused for the service's sake (429, documented 503), until the client gave up
  'missed', // everything else: no answer, 5xx, nobody there, an order in order refused as if it were wrong
  'read', // not an order: counted only to know how many of the planned arrivals were orders
  'dropped', // the load generator could not even start it
] as const
export type ArrivalEnd = (typeof arrivalEnds)[number]

/** One planned arrival and what came of it. Times are ms since the run began. */
export interface ArrivalSeen {
  /** The first part of the name of the process that sent it; of a dropped one nobody knows. */
  readonly group: string | undefined
  /** When it was planned; without a plan in the history, when it was first sent. */
  readonly intendedMs: number
  readonly firstInvokeMs: number
  /** Wrong on purpose: to be refused, or expected in the dead letters. Then no service misses anything by refusing it. */
  readonly isWrong: boolean
  end: ArrivalEnd
  /** When its end was known; Infinity while it is open. */
  endMs: number
  attempts: number
  shedAttempts: number
}

const rejectedStatuses: ReadonlySet<number> = new Set([400, 409, 413, 415, 422])
const shedStatuses: ReadonlySet<number> = new Set([429, 503])

/** Puts attempts together to arrivals. A process does one thing after the other, so that it has one arrival at a time. */
export class ArrivalLog {
  readonly arrivals: ArrivalSeen[] = []
  /** How many may be dropped, as the history's plan says; undefined if it says nothing. */
  droppedMax: number | undefined
  dropped = 0
  readonly #groups = new Map<string, string>()
  readonly #current = new Map<string, { readonly key: string; readonly arrival: ArrivalSeen }>()

  see(line: HistoryLine): void {
    if (line.kind === 'run') this.droppedMax = line.plan?.droppedMax
    else if (line.kind === 'op') this.#operation(line)
    else if (line.kind === 'dropped') this.#dropped(line.timeMs, line.count)
  }

  #operation(line: OperationLine): void {
    const key = `${line.action} ${line.id}`
    if (line.type === 'invoke') this.#invoke(line, key)
    else {
      const current = this.#current.get(line.process)
      if (current?.key === key) complete(current.arrival, line)
    }
  }

  #invoke(line: OperationLine, key: string): void {
    const current = this.#current.get(line.process)
    const same =
      current !== undefined &&
      (line.intendedMs === undefined
        ? current.key === key && line.attempt > 1
        : current.arrival.intendedMs === line.intendedMs)
    // A look at the own order belongs to the arrival that made it.
    if (same && line.action !== 'submit') return
    if (same && current.key === key) {
      current.arrival.attempts += 1
      return
    }
    this.#current.set(line.process, { key, arrival: this.#add(line) })
  }

  #add(line: OperationLine): ArrivalSeen {
    const arrival: ArrivalSeen = {
      group: this.#groupOf(line.process),
      intendedMs: line.intendedMs ?? line.timeMs,
      firstInvokeMs: line.timeMs,
      isWrong: line.invalid === true || line.expect === 'dead-letter',
      end: line.action === 'submit' ? 'open' : 'read',
      endMs: Number.POSITIVE_INFINITY,
      attempts: 1,
      shedAttempts: 0,
    }
    this.arrivals.push(arrival)
    return arrival
  }

  /** Cut off once for each process: there are thousands of them, and millions of arrivals. */
  #groupOf(process: string): string {
    const known = this.#groups.get(process)
    if (known !== undefined) return known
    const group = process.split('/', 1)[0] as string
    this.#groups.set(process, group)
    return group
  }

  #dropped(timeMs: number, count: number): void {
    this.dropped += count
    for (let index = 0; index < count; index += 1) {
      this.arrivals.push({
        group: undefined,
        intendedMs: timeMs,
        firstInvokeMs: timeMs,
        isWrong: false,
        end: 'dropped',
        endMs: timeMs,
        attempts: 0,
        shedAttempts: 0,
      })
    }
  }
}

function complete(arrival: ArrivalSeen, line: OperationLine): void {
  const shed = line.type === 'fail' && line.status !== undefined && shedStatuses.has(line.status)
  if (shed) arrival.shedAttempts += 1
  if (arrival.end === 'accepted') return
  arrival.endMs = line.timeMs
  if (arrival.end !== 'read') arrival.end = endOf(line, shed, arrival)
}

function endOf(line: OperationLine, shed: boolean, { isWrong }: ArrivalSeen): ArrivalEnd {
  if (line.type === 'ok') return 'accepted'
  if (shed) return 'shed'
  const rejected =
    isWrong && line.type === 'fail' && line.status !== undefined && rejectedStatuses.has(line.status)
  return rejected ? 'rejected' : 'missed'
}
