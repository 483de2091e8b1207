import { recordBytes } from './k6/record.ts'

/** What is read of a packed record here: the times that say which arrival it belongs to. */
export interface PackedTimes {
  readonly intendedMs: number
  readonly invokeMs: number
}

const intendedAt = 12
const invokeAt = 16
const ticksPerMs = 100

/** The process of an `@ops` line and the times of its records; none for a line that was torn off. */
export function readPackedLine(text: string): readonly [process: string, records: readonly PackedTimes[]] {
  const [, process = '', base64 = ''] = text.split(' ')
  const bytes = Buffer.from(base64, 'base64')
  const records: PackedTimes[] = []
  if (base64.length % 4 !== 0 || bytes.length % recordBytes !== 0) return [process, records]
  for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
    records.push({
      intendedMs: bytes.readUInt32LE(at + intendedAt) / ticksPerMs,
      invokeMs: bytes.readUInt32LE(at + invokeAt) / ticksPerMs,
    })
  }
  return [process, records]
}

/** The same line with another intended start in all of its records; the very text where nothing changes. */
export function withIntended(
  text: string,
  process: string,
  records: readonly PackedTimes[],
  intendedMs: number,
): string {
  const ticks = Math.max(0, Math.round(intendedMs * ticksPerMs))
  if (records.every((record) => Math.round(record.intendedMs * ticksPerMs) === ticks)) return text
  const bytes = Buffer.from(text.slice(text.lastIndexOf(' ') + 1), 'base64')
  for (let at = 0; at + recordBytes <= bytes.length; at += recordBytes) {
    bytes.writeUInt32LE(ticks, at + intendedAt)
  }
  return `@ops ${process} ${bytes.toString('base64')}`
}
