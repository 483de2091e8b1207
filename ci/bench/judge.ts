import { execFile } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { judgeFiles } from '../../chaos/checkers/judge-files.ts'
import { historyFiles } from '../../chaos/history/read-history.ts'
import type { Bench, Figure } from './figure.ts'
import { firstLine, jsonPieces, lastLine, packedLines } from './judge-data.ts'
import { naiveJudge } from './naive-judge.ts'

const orders = 1_000_000
const ordersLarge = 100_000_000

/** Rounds of naive, JSON, ledger in turn; the middle one of the ratios counts. */
const rounds = 3

/** The judge from files, in processor time, since machines are shared; and alone on a very large ledger. */
export const judgeBench: Bench = {
  name: 'judge',
  what: `the judge on ${orders.toLocaleString('en')} orders, in both encodings, against JSON.parse a line and a Map of ids`,
  containers: false,
  async run(tell) {
    const folder = await mkdtemp(join(tmpdir(), 'bench-judge-'))
    try {
      return [...(await compared(folder, tell)), ...(await large(tell))]
    } finally {
      await rm(folder, { recursive: true })
    }
  },
}

async function compared(folder: string, tell: (text: string) => void): Promise<readonly Figure[]> {
  const json = join(folder, 'history.jsonl')
  const ledger = join(folder, 'ledger.jsonl')
  await pipeline(Readable.from(wrapped(jsonPieces(orders))), createWriteStream(json))
  await pipeline(Readable.from(wrapped(withNewlines(packedLines(orders)))), createWriteStream(ledger))
  const ratios: { json: number[]; ledger: number[] } = { json: [], ledger: [] }
  for (let round = 1; round <= rounds; round += 1) {
    const naiveMs = await processorMs(1, () => naiveJudge(json))
    const jsonMs = await processorMs(1, () => judged(json))
    const ledgerMs = await processorMs(5, () => judged(ledger))
    tell(
      `round ${round}: naive ${naiveMs.toFixed(0)} ms, JSON ${jsonMs.toFixed(0)} ms, ledger ${ledgerMs.toFixed(0)} ms`,
    )
    ratios.json.push(naiveMs / jsonMs)
    ratios.ledger.push(naiveMs / ledgerMs)
  }
  return [
    { name: 'naive / judge, JSON lines', value: middle(ratios.json), unit: '×', atLeast: 3 },
    { name: 'naive / judge, ledger', value: middle(ratios.ledger), unit: '×', atLeast: 50 },
  ]
}

/** In a process of its own, so that nobody else's memory counts. */
async function large(tell: (text: string) => void): Promise<readonly Figure[]> {
  const script = fileURLToPath(import.meta.resolve('./judge-large.ts'))
  const { stdout } = await promisify(execFile)(process.execPath, [script, String(ordersLarge)])
  const { seconds, bytesPerId, residentMiB } = JSON.parse(stdout)
  tell(`${ordersLarge} orders in packed lines: ${seconds.toFixed(1)} s`)
  return [
    { name: '1e8 orders', value: seconds, unit: 's of processor time', atMost: 20 },
    { name: '1e8 orders, accounts', value: bytesPerId, unit: 'bytes an id', atMost: 8 },
    { name: '1e8 orders, resident at most', value: residentMiB, unit: 'MiB', atMost: 1_024 },
  ]
}

/** The best of several: a run that takes a tenth of a second is over before the compiler has done its work. */
async function processorMs(times: number, run: () => Promise<unknown>): Promise<number> {
  let bestMs = Number.POSITIVE_INFINITY
  for (let time = 0; time < times; time += 1) {
    const before = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(before)
    bestMs = Math.min(bestMs, (user + system) / 1_000)
  }
  return bestMs
}

async function judged(path: string): Promise<void> {
  const { result } = await judgeFiles(historyFiles([path]))
  if (result.verdict !== 'pass' || result.counts.stored !== orders) throw new Error(JSON.stringify(result))
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number
}

function* withNewlines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

function* wrapped(pieces: Iterable<string>): Generator<string> {
  yield `${firstLine}\n`
  yield* pieces
  yield `${lastLine(orders)}\n`
}
