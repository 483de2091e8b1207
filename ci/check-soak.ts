import { parseArgs } from 'node:util'
import { compare } from '../chaos/checkers/compare.fixture.ts'

/**
 * `npm run check:soak -- --histories N [--from K]`: judges N random histories in both encodings and compares with
 * the slow reference. Prints the seed of each difference; exit 1 if there is one.
 */
const { values } = parseArgs({
  options: { histories: { type: 'string', default: '100000' }, from: { type: 'string', default: '10000' } },
})
const from = Number(values.from)
const until = from + Number(values.histories)
if (!Number.isSafeInteger(from) || !Number.isSafeInteger(until) || until <= from) {
  console.error('expected whole numbers: --histories 100000 --from 10000')
  process.exit(64)
}

let differences = 0
const startedMs = performance.now()
for (let number = from; number < until; number += 1) {
  const seed = `history ${number}`
  const { expected, json, packed } = compare(seed)
  const wanted = JSON.stringify(expected)
  for (const [encoding, got] of Object.entries({ json, packed })) {
    if (JSON.stringify(got) === wanted) continue
    differences += 1
    console.log(`seed "${seed}" (${encoding}): expected ${wanted}, got ${JSON.stringify(got)}`)
  }
  const done = number + 1 - from
  if (done % 10_000 === 0) console.log(`${done} histories, ${differences} differences`)
}
const seconds = (performance.now() - startedMs) / 1_000
console.log(`${until - from} histories in ${seconds.toFixed(1)} s, ${differences} differences`)
process.exitCode = differences === 0 ? 0 : 1
