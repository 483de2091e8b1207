import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { createFileJudge } from '../../chaos/checkers/judge.ts'
import { judgeFiles } from '../../chaos/checkers/judge-files.ts'
import { historyFiles } from '../../chaos/history/read-history.ts'
import { firstLine, jsonPieces, lastLine, packedLines } from './judge-data.ts'
import { naiveJudge } from './naive-judge.ts'

/**
 * `node ci/bench/judge.ts [--ids N] [--large M]`: the judge on N orders (1e6) in both encodings against a naive
 * one, in the same process, from files; and on M orders (none) in packed lines that are made as they are judged,
 * whose making is not counted. Each figure of the former is the best of three, in processor time: machines are shared.
 */
const { values } = parseArgs({
  options: { ids: { type: 'string', default: '1000000' }, large: { type: 'string', default: '0' } },
})
const ids = Number(values.ids)
const large = Number(values.large)

async function best(run: () => Promise<unknown>): Promise<number> {
  let bestMs = Number.POSITIVE_INFINITY
  for (let round = 0; round < 3; round += 1) {
    const before = process.cpuUsage()
    await run()
    const { user, system } = process.cpuUsage(before)
    bestMs = Math.min(bestMs, (user + system) / 1_000)
  }
  return bestMs
}

async function judged(path: string): Promise<void> {
  const { result } = await judgeFiles(historyFiles([path]))
  if (result.verdict !== 'pass' || result.counts.stored !== ids) throw new Error(JSON.stringify(result))
}

const folder = await mkdtemp(join(tmpdir(), 'bench-judge-'))
try {
  const json = join(folder, 'history.jsonl')
  const ledger = join(folder, 'ledger.jsonl')
  await pipeline(Readable.from(wrapped(jsonPieces(ids), ids)), createWriteStream(json))
  await pipeline(Readable.from(wrapped(withNewlines(packedLines(ids)), ids)), createWriteStream(ledger))
  const naiveMs = await best(() => naiveJudge(json))
  for (const [name, path] of [
    ['json lines', json],
    ['ledger', ledger],
  ] as const) {
    const ms = await best(() => judged(path))
    const bytes = (await stat(path)).size
    console.log(
      `${name}: ${ids} ids, ${(bytes / 2 ** 20).toFixed(0)} MiB in ${ms.toFixed(0)} ms; naive ${naiveMs.toFixed(0)} ms of processor time; ${(naiveMs / ms).toFixed(1)} times as fast`,
    )
  }
} finally {
  await rm(folder, { recursive: true })
}
if (large > 0) judgeLarge()

function judgeLarge(): void {
  const judge = createFileJudge()
  let ms = 0
  let peakBytes = 0
  const timed = (line: string) => {
    const startedMs = performance.now()
    judge.see(line)
    ms += performance.now() - startedMs
  }
  timed(firstLine)
  let lines = 0
  for (const line of packedLines(large)) {
    timed(line)
    lines += 1
    if (lines % 1_000 === 0) peakBytes = Math.max(peakBytes, process.memoryUsage().rss)
  }
  timed(lastLine(large))
  const startedMs = performance.now()
  const { result } = judge.end()
  ms += performance.now() - startedMs
  if (result.verdict !== 'pass' || result.counts.stored !== large) throw new Error(JSON.stringify(result))
  console.log(
    `ledger: ${large} ids in ${(ms / 1_000).toFixed(1)} s; accounts ${(judge.accountBytes() / large).toFixed(2)} bytes an id; resident at most ${(peakBytes / 2 ** 20).toFixed(0)} MiB`,
  )
}

function* withNewlines(lines: Iterable<string>): Generator<string> {
  for (const line of lines) yield `${line}\n`
}

function* wrapped(pieces: Iterable<string>, orders: number): Generator<string> {
  yield `${firstLine}\n`
  yield* pieces
  yield `${lastLine(orders)}\n`
}
