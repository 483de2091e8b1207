import { createFileJudge } from '../../chaos/checkers/judge.ts'
import { firstLine, lastLine, packedLines } from './judge-data.ts'

/** `node ci/bench/judge-large.ts ORDERS`: judges packed lines as they are made; their making is not counted. */
const orders = Number(process.argv[2])
const judge = createFileJudge()
let seconds = 0
let residentBytes = 0

function counted<T>(work: () => T): T {
  const before = process.cpuUsage()
  const result = work()
  const { user, system } = process.cpuUsage(before)
  seconds += (user + system) / 1e6
  return result
}

/** Lines are judged by the hundred: asking for the time costs something too. */
const atOnce = 100
let waiting: string[] = []

function judgeWaiting(): void {
  counted(() => {
    for (const line of waiting) judge.see(line)
  })
  waiting = []
  residentBytes = Math.max(residentBytes, process.memoryUsage.rss())
}

judge.see(firstLine)
for (const line of packedLines(orders)) {
  waiting.push(line)
  if (waiting.length === atOnce) judgeWaiting()
}
judgeWaiting()
judge.see(lastLine(orders))
const { result } = counted(() => judge.end())
if (result.verdict !== 'pass' || result.counts.stored !== orders) throw new Error(JSON.stringify(result))
const bytesPerId = judge.accountBytes() / orders
console.log(JSON.stringify({ seconds, bytesPerId, residentMiB: residentBytes / 2 ** 20 }))
