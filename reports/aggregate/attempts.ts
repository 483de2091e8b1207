import { ledgerActions, ledgerOutcomes } from '../../chaos/history/ledger-layout.ts'
import type { OperationLine } from '../../chaos/history/line.ts'
import { msOfTicks, type PackedAttempts } from '../../chaos/history/packed.ts'

/** One attempt from its invoke to its answer. Times in ms since the run began. */
export interface Attempt {
  readonly process: string
  readonly action: string
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
      const { process, action, attempt, intendedMs, timeMs: invokeMs } = line
      this.#open.set(key, {
        process,
        action,
        attempt,
        invokeMs,
        ...(intendedMs === undefined ? {} : { intendedMs }),
      })
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
 * Tells the attempts that begin an arrival from those that belong to one that has begun: retries, and reads of what
 * was just written. A process carries out one arrival at a time, so a new intended start is a new arrival.
 */
export class Arrivals {
  readonly #lastOf = new Map<string, number>()
  readonly #unplannedMs: number[] = []

  begins({ process, attempt, intendedMs, invokeMs }: Attempt): boolean {
    if (intendedMs === undefined) {
      if (attempt === 1 && this.#lastOf.size === 0) this.#unplannedMs.push(invokeMs)
      return false
    }
    const last = this.#lastOf.get(process)
    this.#lastOf.set(process, intendedMs)
    return last !== intendedMs
  }

  /** Where a history never says an intended start, every first attempt is an arrival: their times, at its end. */
  unplannedMs(): readonly number[] {
    return this.#lastOf.size === 0 ? this.#unplannedMs : []
  }
}

/** The attempt of the record that begins at this byte of a packed line. */
export function attemptAt({ process, records }: PackedAttempts, at: number): Attempt {
  const type = ledgerOutcomes[records[at + 4] as number] ?? 'none'
  const attempt = {
    process,
    action: ledgerActions[records[at + 7] as number] ?? 'other',
    attempt: records[at + 6] as number,
    intendedMs: msOfTicks(records.readUInt32LE(at + 12)),
    invokeMs: msOfTicks(records.readUInt32LE(at + 16)),
  }
  if (type === 'none') return attempt
  const timeMs = msOfTicks(records.readUInt32LE(at + 20))
  return { ...attempt, answer: { timeMs, type, status: records.readUInt16LE(at + 24) } }
}
