import { ledgerOutcomes } from '../../chaos/history/ledger-layout.ts'
import type { OperationLine } from '../../chaos/history/line.ts'
import { msOfTicks } from '../../chaos/history/packed.ts'
import type { Ending } from './tally.ts'

/** One attempt from its invoke to its answer. Times in ms since the run began. */
export interface Attempt {
  readonly id: string | number
  readonly attempt: number
  /** When its arrival was planned; absent where the load generator did not say. */
  readonly intendedMs?: number
  readonly invokeMs: number
  /** Absent: no answer was ever seen. */
  readonly answer?: Answer
}

export interface Answer {
  readonly timeMs: number
  readonly type: 'ok' | 'fail' | 'info'
  readonly status?: number
}

/** Joins the lines of an attempt. It keeps only attempts that are still open. */
export class OpenAttempts {
  readonly #open = new Map<string, Attempt>()

  /** The whole attempt, once its completion is seen. A completion without an invoke is nothing. */
  see(line: OperationLine): Attempt | undefined {
    const key = JSON.stringify([line.process, line.action, line.id, line.attempt])
    if (line.type === 'invoke') {
      const { id, attempt, intendedMs, timeMs: invokeMs } = line
      this.#open.set(key, { id, attempt, invokeMs, ...(intendedMs === undefined ? {} : { intendedMs }) })
      return undefined
    }
    const open = this.#open.get(key)
    this.#open.delete(key)
    const { timeMs, type, status } = line
    return open && { ...open, answer: { timeMs, type, ...(status === undefined ? {} : { status }) } }
  }

  /** Those that nobody answered. */
  left(): Iterable<Attempt> {
    return this.#open.values()
  }
}

/**
 * Tells arrivals from retries: a retry has the id and the intended start of an attempt that did not end ok.
 * It keeps only ids that may still be retried. Attempts are to be handed over in the order in which they ended.
 */
export class Retries {
  readonly #mayComeAgain = new Map<string | number, number | undefined>()

  isRetry({ id, attempt, intendedMs }: Attempt): boolean {
    if (intendedMs === undefined) return attempt > 1
    return this.#mayComeAgain.has(id) && this.#mayComeAgain.get(id) === intendedMs
  }

  ended({ id, intendedMs }: Attempt, ending: Ending): void {
    if (ending === 'ok') this.#mayComeAgain.delete(id)
    else this.#mayComeAgain.set(id, intendedMs)
  }
}

/** The attempt of the record that begins at this byte; its id is its number. */
export function attemptAt(records: Buffer, at: number): Attempt {
  const type = ledgerOutcomes[records[at + 4] as number] ?? 'none'
  const attempt = {
    id: records.readUInt32LE(at),
    attempt: records[at + 6] as number,
    intendedMs: msOfTicks(records.readUInt32LE(at + 12)),
    invokeMs: msOfTicks(records.readUInt32LE(at + 16)),
  }
  if (type === 'none') return attempt
  const timeMs = msOfTicks(records.readUInt32LE(at + 20))
  return { ...attempt, answer: { timeMs, type, status: records.readUInt16LE(at + 24) } }
}
