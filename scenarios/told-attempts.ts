import { attemptBytes, ledgerActions, ledgerErrors, ledgerOutcomes } from '../chaos/history/ledger-layout.ts'
import { toldMark } from './k6/attempt-text.ts'

/** What a client tells of an arrival's attempts, in their order. */
export interface ToldAttempts {
  readonly process: string
  readonly attempts: readonly ToldAttempt[]
}

export interface ToldAttempt {
  readonly n: number
  readonly action: (typeof ledgerActions)[number]
  /** Of the ledger. */
  readonly flags: number
  /** Up to eight hex digits; empty for a read. */
  readonly digest: string
  readonly attempt: number
  /** Milliseconds since the run began, all three. */
  readonly intendedMs: number
  readonly invokeMs: number
  readonly completionMs: number
  readonly outcome: 'ok' | 'fail' | 'info'
  /** 0 where no answer came. */
  readonly status: number
  /** A word of the ledger's list of errors; empty where an answer came. */
  readonly error: (typeof ledgerErrors)[number]
}

const lineEnd = ';.'

/** Reads a line of `k6/attempt-text.ts`; undefined for one that was torn off. */
export function readTold(line: string): ToldAttempts | undefined {
  if (!line.startsWith(toldMark) || !line.endsWith(lineEnd)) return undefined
  const processEnd = line.indexOf(' ', toldMark.length)
  return {
    process: line.slice(toldMark.length, processEnd),
    attempts: line
      .slice(processEnd + 1, -lineEnd.length)
      .split(';')
      .map(readAttempt),
  }
}

function readAttempt(text: string): ToldAttempt {
  const [n, action, flags, digest, intended, attempt, invoke, completion, outcome, status, error] =
    text.split(',')
  return {
    n: Number(n),
    action: action as ToldAttempt['action'],
    flags: Number(flags),
    digest: digest as string,
    attempt: Number(attempt),
    intendedMs: Number(intended),
    invokeMs: Number(invoke),
    completionMs: Number(completion),
    outcome: outcome as ToldAttempt['outcome'],
    status: Number(status),
    error: error as ToldAttempt['error'],
  }
}

/** The line of the history: `@ops`, as `chaos/history/ledger-layout.ts` describes it. */
export function packedLine({ process, attempts }: ToldAttempts): string {
  const bytes = Buffer.alloc(attempts.length * attemptBytes)
  for (const [index, attempt] of attempts.entries()) pack(attempt, bytes, index * attemptBytes)
  return `@ops ${process} ${bytes.toString('base64')}`
}

function pack(told: ToldAttempt, bytes: Buffer, at: number): void {
  bytes.writeUInt32LE(told.n, at)
  bytes.writeUInt8(ledgerOutcomes.indexOf(told.outcome), at + 4)
  bytes.writeUInt8(told.flags, at + 5)
  bytes.writeUInt8(told.attempt, at + 6)
  bytes.writeUInt8(ledgerActions.indexOf(told.action), at + 7)
  bytes.writeUInt32LE(told.digest === '' ? 0 : Number.parseInt(told.digest, 16), at + 8)
  bytes.writeUInt32LE(ticks(told.intendedMs), at + 12)
  bytes.writeUInt32LE(ticks(told.invokeMs), at + 16)
  bytes.writeUInt32LE(ticks(told.completionMs), at + 20)
  bytes.writeUInt16LE(told.status, at + 24)
  bytes.writeUInt16LE(ledgerErrors.indexOf(told.error), at + 26)
}

/** Units of 10 µs; a time before the run's start (a clock that was set) counts as its start. */
function ticks(ms: number): number {
  return Math.max(0, Math.round(ms * 100))
}
