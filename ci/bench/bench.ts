import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { type Bench, figureInWords, isReached } from './figure.ts'
import { instrumentation } from './instrumentation.ts'
import { judgeBench } from './judge.ts'
import { ledgerCost } from './ledger-cost.ts'
import { mergedQuantiles } from './merged-quantiles.ts'
import { reportOfAMillion } from './report.ts'
import { stall } from './stall.ts'
import { throughput } from './throughput/throughput.ts'

/** Every bench; `npm run bench -- NAME … [--json]` runs some. Each compares two things in one run, so that machines may differ. */
const benches: readonly Bench[] = [
  judgeBench,
  reportOfAMillion,
  mergedQuantiles,
  instrumentation,
  ledgerCost,
  stall,
  throughput,
]

const asked = process.argv.slice(2).filter((word) => word !== '--json')
// One line for each figure on stdout, and what is for people on stderr.
const asJson = process.argv.includes('--json')
const tell = asJson ? console.error : console.log
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(
    `no bench is named ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`,
  )
  process.exit(exitCodes.usage.code)
}

let missed = 0
for (const bench of benches.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  tell(`\n${bench.name}: ${bench.what}`)
  for (const figure of await bench.run((text) => tell(text))) {
    tell(`  ${figureInWords(figure)}`)
    const reached = isReached(figure)
    if (asJson) console.log(JSON.stringify({ bench: bench.name, ...figure, reached }))
    if (!reached) missed += 1
  }
}
process.exit(missed === 0 ? exitCodes.pass.code : exitCodes.fail.code)
