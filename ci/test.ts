import { formatDuration } from '../chaos/kernel/duration.ts'
import { exitCodes } from '../chaos/kernel/exit-code.ts'
import { type Counts, closingLine, sumCounts } from './test-counts.ts'
import { testParts } from './test-parts.ts'

/**
 * `npm test`: every check and every layer of tests, on any machine. `npm test -- unit lint` runs only those parts.
 * All parts run even if one fails. The last line is the sum, and the exit code is 0 only if nothing failed.
 */
const asked = process.argv.slice(2)
const unknown = asked.filter((name) => !testParts.some((part) => part.name === name))
if (unknown.length > 0) {
  const names = testParts.map((part) => part.name).join(', ')
  console.error(`no part of the tests is named ${unknown.join(', ')}; there are ${names}`)
  process.exit(exitCodes.usage.code)
}

const out = (text: string) => console.log(text)
const parts = asked.length === 0 ? testParts : testParts.filter((part) => asked.includes(part.name))
const summary: string[] = []
const all: Counts[] = []
for (const part of parts) {
  out(`\n== ${part.what}`)
  const startedMs = performance.now()
  const counts = await part.run(out).catch(failure)
  const took = formatDuration(performance.now() - startedMs)
  all.push(counts)
  summary.push(`${part.name.padEnd(10)} ${closingLine(counts).padEnd(24)} ${took}`)
  for (const problem of counts.problems) summary.push(`           ${problem}`)
}

const sum = sumCounts(all)
out(`\n${summary.join('\n')}\n`)
out(closingLine(sum))
process.exit(sum.failed === 0 ? 0 : 1)

/** A part that could not even begin has failed, and the others still run. */
function failure(error: unknown): Counts {
  const text = error instanceof Error ? error.message : String(error)
  return { passed: 0, failed: 1, problems: [text] }
}
