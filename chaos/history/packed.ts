import {
  attemptBytes,
  ledgerActions,
  ledgerErrors,
  ledgerFlags,
  ledgerOutcomes,
  readBytes,
} from './ledger-layout.ts'
import type { OperationLine, ReadLine, TimedLine } from './line.ts'

/** A packed line as it was decoded: the bytes of its records, and for attempts the process that made them. */
export interface PackedAttempts {
  readonly kind: '@ops'
  readonly process: string
  readonly records: Buffer
}

export interface PackedReads {
  readonly kind: '@reads'
  readonly records: Buffer
}

export type PackedLine = PackedAttempts | PackedReads

/** Units of 10 µs to milliseconds. Divided, not multiplied by 0.01: 7 / 100 is the double nearest to 0.07. */
export function msOfTicks(ticks: number): number {
  return ticks / 100
}

/** A u32 as the ledger's digests and effect identities are written: eight hex digits. */
export function hexOf(number: number): string {
  return number.toString(16).padStart(8, '0')
}

/** Decodes a packed line; a string is the problem in words. */
export function parsePacked(text: string): PackedLine | string {
  const words = text.split(' ')
  if (words[0] === '@ops' && words.length === 3) {
    const records = decodeRecords(words[2] as string, attemptBytes)
    if (typeof records === 'string') return records
    return problemOfAttempts(records) ?? { kind: '@ops', process: words[1] as string, records }
  }
  if (words[0] === '@reads' && words.length === 2) {
    const records = decodeRecords(words[1] as string, readBytes)
    return typeof records === 'string' ? records : { kind: '@reads', records }
  }
  return 'expected `@ops PROCESS BASE64` or `@reads BASE64`'
}

function decodeRecords(base64: string, size: number): Buffer | string {
  const padding = base64.endsWith('==') ? 2 : base64.endsWith('=') ? 1 : 0
  const expected = Math.floor(((base64.length - padding) * 3) / 4)
  const records = Buffer.from(base64, 'base64')
  if (records.length !== expected) return 'expected base64'
  if (records.length === 0 || records.length % size !== 0)
    return `expected one or more records of ${size} bytes, got ${records.length} bytes`
  return records
}

/** What is wrong with records of attempts, in words. */
export function problemOfAttempts(records: Buffer): string | undefined {
  const words = wordsOf(records)
  let lastHead = -1
  for (let at = 0; at < words.length; at += attemptBytes / 4) {
    const head = words[at + 1] as number
    const error = (words[at + 6] as number) >>> 16
    // Most records have the same head as the one before them: outcome, flags, attempt and action are few.
    const problem = head === lastHead ? undefined : problemOfHead(head)
    if (problem !== undefined) return `${problem} in record ${(at * 4) / attemptBytes + 1}`
    if (error >= ledgerErrors.length)
      return `expected an error below ${ledgerErrors.length}, got ${error} in record ${(at * 4) / attemptBytes + 1}`
    lastHead = head
  }
  return undefined
}

function problemOfHead(head: number): string | undefined {
  const [outcome, flags, attempt, action] = [0, 8, 16, 24].map((shift) => (head >>> shift) & 0xff) as [
    number,
    number,
    number,
    number,
  ]
  if (outcome >= ledgerOutcomes.length) return `expected an outcome from 0 to 3, got ${outcome}`
  if (flags > ledgerFlags.invalid) return `expected flags 0, 1 or 2, got ${flags}`
  if (attempt === 0) return 'expected an attempt from 1, got 0'
  return action < ledgerActions.length ? undefined : `expected an action 0 or 1, got ${action}`
}

const isLittleEndian = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1

/** The records as little-endian 32-bit words, in place where the machine allows it. */
export function wordsOf(records: Buffer): Uint32Array {
  if (isLittleEndian && records.byteOffset % 4 === 0)
    return new Uint32Array(records.buffer, records.byteOffset, records.length / 4)
  return Uint32Array.from({ length: records.length / 4 }, (_, word) => records.readUInt32LE(word * 4))
}

/**
 * The same operations and reads as JSON lines would have them, in the order of the file. Packed reads carry no time:
 * theirs is that of the JSON line before them.
 */
export function* expandPacked(
  line: PackedLine,
  ledgerPrefix: string,
  lineBeforeMs: number,
): Generator<TimedLine> {
  if (line.kind === '@ops') yield* expandAttempts(line, ledgerPrefix)
  else yield* expandReads(line.records, ledgerPrefix, lineBeforeMs)
}

function* expandAttempts({ process, records }: PackedAttempts, prefix: string): Generator<OperationLine> {
  for (let at = 0; at < records.length; at += attemptBytes) {
    const outcome = ledgerOutcomes[records[at + 4] as number] as (typeof ledgerOutcomes)[number]
    const flags = records[at + 5] as number
    const action = ledgerActions[records[at + 7] as number] as string
    const common = {
      kind: 'op',
      process,
      action,
      id: `${prefix}${records.readUInt32LE(at)}`,
      attempt: records[at + 6] as number,
    } as const
    yield {
      ...common,
      type: 'invoke',
      timeMs: msOfTicks(records.readUInt32LE(at + 16)),
      intendedMs: msOfTicks(records.readUInt32LE(at + 12)),
      ...(action === 'submit' ? { digest: hexOf(records.readUInt32LE(at + 8)) } : {}),
      ...(flags === ledgerFlags.deadLetterExpected ? { expect: 'dead-letter' as const } : {}),
      ...(flags === ledgerFlags.invalid ? { invalid: true as const } : {}),
    }
    if (outcome === 'none') continue
    const status = records.readUInt16LE(at + 24)
    const error = records.readUInt16LE(at + 26)
    yield {
      ...common,
      type: outcome,
      timeMs: msOfTicks(records.readUInt32LE(at + 20)),
      ...(status === 0 ? {} : { status }),
      ...(error === 0 ? {} : { error: ledgerErrors[error] as string }),
    }
  }
}

/** True if a record goes on with the read line that began with this number and digest. */
export function isSameRead(records: Buffer, at: number, number: number, digest: number): boolean {
  return at < records.length && records.readUInt32LE(at) === number && records.readUInt32LE(at + 4) === digest
}

function* expandReads(records: Buffer, prefix: string, timeMs: number): Generator<ReadLine> {
  for (let at = 0; at < records.length; ) {
    const number = records.readUInt32LE(at)
    const digest = records.readUInt32LE(at + 4)
    const effects: string[] = []
    for (; isSameRead(records, at, number, digest); at += readBytes) {
      const effect = records.readUInt32LE(at + 8)
      if (effect !== 0) effects.push(hexOf(effect))
    }
    yield {
      kind: 'read',
      timeMs,
      place: 'store',
      id: `${prefix}${number}`,
      digest: hexOf(digest),
      effects,
    }
  }
}
