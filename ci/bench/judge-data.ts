import { attemptBytes, readBytes } from '../../chaos/history/ledger-layout.ts'

/** Records in a packed line, as a load generator flushes them: some hundred an arrival thread and second. */
const batch = 512
const processes = 64
const prefix = 'bench-'

/** The digest that both encodings give the n-th order: any mixture will do. */
const digestOf = (n: number) => Math.imul(n, 0x9e3779b1) >>> 0
const hex = (value: number) => value.toString(16).padStart(8, '0')

export const firstLine = JSON.stringify({
  kind: 'run',
  format: 'seawall-history',
  version: 1,
  runId: 'bench',
  experiment: 'bench',
  seed: '1',
  startedAt: '2026-01-01T00:00:00.000Z',
  ledgerPrefix: prefix,
})

/** What ends a file of so many orders, all of which were read back from the store. */
export function lastLine(orders: number): string {
  return JSON.stringify({ kind: 'read-complete', timeMs: orders, place: 'store', count: orders })
}

/** An honest history of acknowledged and stored orders in JSON lines, in pieces of many lines. */
export function* jsonPieces(orders: number): Generator<string> {
  for (let from = 0; from < orders; from += batch) {
    let text = ''
    for (let n = from; n < Math.min(orders, from + batch); n += 1) {
      const common = `"process":"k6/${n % processes}","action":"submit","id":"${prefix}${n}","attempt":1`
      text += `{"kind":"op","timeMs":${n / 100},"type":"invoke",${common},"digest":"${hex(digestOf(n))}"}\n`
      text += `{"kind":"op","timeMs":${n / 100 + 5},"type":"ok",${common},"status":202}\n`
    }
    yield text
  }
  for (let from = 0; from < orders; from += batch) {
    let text = ''
    for (let n = from; n < Math.min(orders, from + batch); n += 1)
      text += `{"kind":"read","timeMs":${orders},"place":"store","id":"${prefix}${n}","digest":"${hex(digestOf(n))}","effects":["${hex(n + 1)}"]}\n`
    yield text
  }
}

/** The same history in packed lines. Each process has every 64th order of a stretch, as virtual users do. */
export function* packedLines(orders: number): Generator<string> {
  const stretch = batch * processes
  for (let from = 0; from < orders; from += stretch) {
    for (let process = 0; process < processes; process += 1) {
      const count = Math.max(0, Math.ceil((Math.min(orders, from + stretch) - from - process) / processes))
      if (count > 0) yield `@ops k6/${process} ${attempts(from + process, count).toString('base64')}`
    }
  }
  for (let from = 0; from < orders; from += batch)
    yield `@reads ${reads(from, Math.min(batch, orders - from)).toString('base64')}`
}

function attempts(first: number, count: number): Buffer {
  const bytes = Buffer.alloc(count * attemptBytes)
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  for (let record = 0; record < count; record += 1) {
    const n = first + record * processes
    const at = record * 7
    words[at] = n
    words[at + 1] = 1 | (1 << 16)
    words[at + 2] = digestOf(n)
    words[at + 3] = n
    words[at + 4] = n
    words[at + 5] = n + 500
    words[at + 6] = 202
  }
  return bytes
}

function reads(first: number, count: number): Buffer {
  const bytes = Buffer.alloc(count * readBytes)
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4)
  for (let record = 0; record < count; record += 1) {
    const n = first + record
    words.set([n, digestOf(n), n + 1], record * 3)
  }
  return bytes
}
