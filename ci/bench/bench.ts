import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { prepare } from '../setup/bring-up.ts'
import { benches } from './benches.ts'
import { figureInWords, isReached } from './figure.ts'

// `npm run bench [-- NAME …] [--json]`: those that are named, or all; exit 1 if one misses a limit.
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

const chosen = benches.filter(({ name }) => asked.length === 0 || asked.includes(name))
if (chosen.some(({ containers }) => containers)) await prepare({ out: tell })
let missed = 0
for (const bench of chosen) {
  tell(`\n${bench.name}: ${bench.what}`)
  for (const figure of await bench.run((text) => tell(text))) {
    tell(`  ${figureInWords(figure)}`)
    const reached = isReached(figure)
    if (asJson) console.log(JSON.stringify({ bench: bench.name, ...figure, reached }))
    if (!reached) missed += 1
  }
}
process.exit(missed === 0 ? exitCodes.pass.code : exitCodes.fail.code)
