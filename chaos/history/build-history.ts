import {
  type DroppedLine,
  type FaultEvent,
  type HistoryLine,
  historyFormat,
  historyVersion,
  type OperationLine,
  type OperationType,
  type Phase,
  type Place,
  type ReadLine,
  type RunLine,
  type TimedLine,
} from './line.ts'

type InvokeFields = Partial<Pick<OperationLine, 'process' | 'attempt' | 'digest' | 'expect' | 'action'>> &
  Readonly<Record<string, unknown>>
type ReadFields = Partial<Pick<ReadLine, 'place' | 'digest' | 'effects' | 'reason'>>

/** A line without its time: the builder's clock gives it. */
type Untimed<Line> = Line extends TimedLine ? Omit<Line, 'timeMs'> : never

/**
 * A history that reads like a sentence: `history().submit('a').ok().submit('b').info().finalRead(['a'])`.
 * Time goes on by 1 ms a line; `at` sets it. Digests are the id's, processes are one a id, attempts are counted.
 */
export function history(run: Partial<RunLine> = {}): HistoryBuilder {
  return new HistoryBuilder(run)
}

export class HistoryBuilder implements Iterable<HistoryLine> {
  readonly lines: HistoryLine[]
  readonly #attempts = new Map<string, number>()
  readonly #found = new Map<Place, number>()
  #nextMs = 0
  #lastInvoke: OperationLine | undefined

  constructor(run: Partial<RunLine>) {
    const { plan, ledgerPrefix } = run
    this.lines = [
      {
        kind: 'run',
        format: historyFormat,
        version: historyVersion,
        runId: run.runId ?? 'run-1',
        experiment: run.experiment ?? 'by-hand',
        seed: run.seed ?? '1',
        startedAt: run.startedAt ?? '2026-01-01T00:00:00.000Z',
        ...(plan === undefined ? {} : { plan }),
        ...(ledgerPrefix === undefined ? {} : { ledgerPrefix }),
      },
    ]
  }

  [Symbol.iterator](): Iterator<HistoryLine> {
    return this.lines[Symbol.iterator]()
  }

  at(timeMs: number): this {
    this.#nextMs = timeMs
    return this
  }

  phase(phase: Phase): this {
    return this.#add({ kind: 'phase', phase })
  }

  submit(id: string, fields: InvokeFields = {}): this {
    return this.invoke('submit', id, { digest: `digest of ${id}`, ...fields })
  }

  get(id: string, fields: InvokeFields = {}): this {
    return this.invoke('get', id, fields)
  }

  invoke(action: string, id: string, fields: InvokeFields = {}): this {
    const process = fields.process ?? `client of ${id}`
    const key = JSON.stringify([process, action, id])
    const attempt = fields.attempt ?? (this.#attempts.get(key) ?? 0) + 1
    this.#attempts.set(key, attempt)
    this.#add({ kind: 'op', type: 'invoke', ...fields, process, action, id, attempt })
    this.#lastInvoke = this.lines.at(-1) as OperationLine
    return this
  }

  /** The last invoke happened. */
  ok(fields: Partial<OperationLine> = {}): this {
    return this.complete('ok', fields)
  }

  /** The last invoke did not happen. */
  fail(fields: Partial<OperationLine> = {}): this {
    return this.complete('fail', fields)
  }

  /** Nobody knows whether the last invoke happened. */
  info(fields: Partial<OperationLine> = {}): this {
    return this.complete('info', fields)
  }

  /** Completes the last invoke, or the one that the fields name. */
  complete(type: Exclude<OperationType, 'invoke'>, fields: Partial<OperationLine> = {}): this {
    const { process, action, id, attempt } = { ...(this.#lastInvoke as OperationLine), ...fields }
    return this.#add({ kind: 'op', ...fields, type, process, action, id, attempt })
  }

  dropped(count: DroppedLine['count']): this {
    return this.#add({ kind: 'dropped', count })
  }

  fault(event: FaultEvent, fault = 'f1'): this {
    return this.#add({ kind: 'fault', event, fault, faultKind: 'container-kill', target: 'worker-1' })
  }

  observed(name: string, value: number): this {
    return this.#add({ kind: 'observation', name, value })
  }

  /** One line of the final read. */
  found(id: string, fields: ReadFields = {}): this {
    const place = fields.place ?? 'store'
    this.#found.set(place, (this.#found.get(place) ?? 0) + 1)
    const effects = place === 'store' ? { effects: fields.effects ?? [`effect of ${id}`] } : {}
    const digest = fields.digest ?? `digest of ${id}`
    const reason = fields.reason === undefined ? {} : { reason: fields.reason }
    return this.#add({ kind: 'read', place, id, digest, ...effects, ...reason })
  }

  readComplete(place: Place = 'store', count = this.#found.get(place) ?? 0): this {
    return this.#add({ kind: 'read-complete', place, count })
  }

  /** The place was read to its end, and these were all. */
  finalRead(ids: readonly string[], place: Place = 'store'): this {
    for (const id of ids) this.found(id, { place })
    return this.readComplete(place)
  }

  #add(line: Untimed<TimedLine>): this {
    const { kind, ...fields } = line
    this.lines.push({ kind, timeMs: this.#nextMs, ...fields } as TimedLine)
    this.#nextMs += 1
    return this
  }
}
