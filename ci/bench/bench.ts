import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { type Bench, figureInWords, isReached } from './figure.ts'
import { instrumentation } from './instrumentation.ts'
import { judgeBench } from './judge.ts'
import { ledgerCost } from './ledger-cost.ts'
import { mergedQuantiles } from './merged-quantiles.ts'
import { reportOfAMillion } from './report.ts'
import { stall } from './stall.ts'

/** Every bench; `npm run bench -- NAME …` runs some. Each compares two things in one run, so that machines may differ. */
const benches: readonly Bench[] = [
  judgeBench,
  reportOfAMillion,
  mergedQuantiles,
  instrumentation,
  ledgerCost,
  stall,
]

const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !benches.some((bench) => bench.name === name))
if (unknown.length > 0) {
  console.error(
    `no bench is named ${unknown.join(', ')}; there are ${benches.map(({ name }) => name).join(', ')}`,
  )
  process.exit(exitCodes.usage.code)
}

let missed = 0
for (const bench of benches.filter(({ name }) => asked.length === 0 || asked.includes(name))) {
  console.log(`\n${bench.name}: ${bench.what}`)
  for (const figure of await bench.run((text) => console.log(text))) {
    console.log(`  ${figureInWords(figure)}`)
    if (!isReached(figure)) missed += 1
  }
}
process.exit(missed === 0 ? exitCodes.pass.code : exitCodes.fail.code)
