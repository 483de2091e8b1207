import { attemptBytes, ledgerActions, ledgerErrors, ledgerOutcomes, readBytes } from './ledger-layout.ts'
import type { HistoryLine, OperationLine, ReadLine } from './line.ts'

/**
 * The same history with packed lines wherever the ledger's layout can say what the JSON line says; written from
 * the layout's description, and sharing nothing with the decoder. `batchMax` is how many records go into a line.
 */
export function packHistory(lines: readonly HistoryLine[], prefix: string, batchMax: () => number): string[] {
  const out: string[] = []
  let batch: { head: string; records: Buffer[]; max: number; lastRead: string } | undefined
  const flush = () => {
    if (batch !== undefined) out.push(`${batch.head} ${Buffer.concat(batch.records).toString('base64')}`)
    batch = undefined
  }
  const add = (head: string, records: readonly Buffer[], readKey = '') => {
    // Two read lines alike would look like one read line with two effects, if they stood in one batch.
    if (
      batch?.head !== head ||
      batch.records.length >= batch.max ||
      (readKey !== '' && batch.lastRead === readKey)
    )
      flush()
    batch ??= { head, records: [], max: batchMax(), lastRead: '' }
    batch.records.push(...records)
    batch.lastRead = readKey
  }
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] as HistoryLine
    const next = lines[at + 1]
    if (line.kind === 'op' && isPackable(line, prefix)) {
      const completion = next?.kind === 'op' && isCompletionOf(next, line) ? next : undefined
      add(`@ops ${line.process}`, [attemptRecord(line, completion, prefix)])
      if (completion !== undefined) at += 1
    } else if (line.kind === 'read' && isPackableRead(line, prefix)) {
      add('@reads', readRecords(line, prefix), `${line.id} ${line.digest}`)
    } else {
      flush()
      out.push(JSON.stringify(line.kind === 'run' ? { ...line, ledgerPrefix: prefix } : line))
    }
  }
  flush()
  return out
}

const isHex = (text: string | undefined) => text !== undefined && /^[0-9a-f]{8}$/.test(text)
const numberOf = (id: string, prefix: string) => {
  const digits = id.startsWith(prefix) ? id.slice(prefix.length) : ''
  return /^(0|[1-9][0-9]*)$/.test(digits) && Number(digits) < 2 ** 32 ? Number(digits) : undefined
}
const isTicks = (timeMs: number) => Math.round(timeMs * 100) / 100 === timeMs && timeMs * 100 < 2 ** 32

function isPackable(line: OperationLine, prefix: string): boolean {
  return (
    line.type === 'invoke' &&
    /^\S+$/.test(line.process) &&
    (ledgerActions as readonly string[]).includes(line.action) &&
    numberOf(line.id, prefix) !== undefined &&
    line.attempt < 256 &&
    (line.action === 'submit' ? isHex(line.digest) : line.digest === undefined) &&
    isTicks(line.timeMs)
  )
}

function isCompletionOf(line: OperationLine, invoke: OperationLine): boolean {
  const isSame =
    line.type !== 'invoke' &&
    line.process === invoke.process &&
    line.action === invoke.action &&
    line.id === invoke.id &&
    line.attempt === invoke.attempt
  const isSaid = line.error === undefined || (ledgerErrors as readonly string[]).includes(line.error)
  return isSame && isSaid && isTicks(line.timeMs)
}

function isPackableRead({ place, id, digest, effects, reason }: ReadLine, prefix: string): boolean {
  const isPlain =
    place === 'store' && reason === undefined && numberOf(id, prefix) !== undefined && isHex(digest)
  return isPlain && (effects ?? []).every((effect) => isHex(effect) && effect !== '00000000')
}

function attemptRecord(invoke: OperationLine, completion: OperationLine | undefined, prefix: string): Buffer {
  const record = new DataView(new ArrayBuffer(attemptBytes))
  const outcome =
    completion === undefined ? 0 : (ledgerOutcomes as readonly string[]).indexOf(completion.type)
  record.setUint32(0, numberOf(invoke.id, prefix) as number, true)
  record.setUint8(4, outcome)
  record.setUint8(5, invoke.expect === 'dead-letter' ? 1 : 0)
  record.setUint8(6, invoke.attempt)
  record.setUint8(7, (ledgerActions as readonly string[]).indexOf(invoke.action))
  record.setUint32(8, Number.parseInt(invoke.digest ?? '0', 16), true)
  record.setUint32(12, Math.round((invoke.intendedMs ?? invoke.timeMs) * 100), true)
  record.setUint32(16, Math.round(invoke.timeMs * 100), true)
  record.setUint32(20, completion === undefined ? 0 : Math.round(completion.timeMs * 100), true)
  record.setUint16(24, completion?.status ?? 0, true)
  record.setUint16(26, (ledgerErrors as readonly string[]).indexOf(completion?.error ?? ''), true)
  return Buffer.from(record.buffer)
}

function readRecords(line: ReadLine, prefix: string): Buffer[] {
  const effects = line.effects?.length ? line.effects : ['00000000']
  return effects.map((effect) => {
    const record = new DataView(new ArrayBuffer(readBytes))
    record.setUint32(0, numberOf(line.id, prefix) as number, true)
    record.setUint32(4, Number.parseInt(line.digest, 16), true)
    record.setUint32(8, Number.parseInt(effect, 16), true)
    return Buffer.from(record.buffer)
  })
}
