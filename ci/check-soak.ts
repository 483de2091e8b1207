import { parseArgs } from 'node:util'
import { compare } from '../chaos/checkers/compare.fixture.ts'
import { fuzz } from '../chaos/checkers/fuzz.fixture.ts'

/**
 * `npm run check:soak -- --histories N --fuzz M [--from K]`: judges N random histories in both encodings and
 * compares with the slow reference, then hands over M spoiled ones, which must end with a verdict or with "no
 * history". Prints the seed of each failure; exit 1 if there is one.
 */
const { values } = parseArgs({
  options: {
    histories: { type: 'string', default: '100000' },
    fuzz: { type: 'string', default: '0' },
    from: { type: 'string', default: '10000' },
  },
})
const [histories, fuzzed, from] = [values.histories, values.fuzz, values.from].map(Number) as [
  number,
  number,
  number,
]
if (![histories, fuzzed, from].every((value) => Number.isSafeInteger(value) && value >= 0)) {
  console.error('expected whole numbers: --histories 100000 --fuzz 100000 --from 10000')
  process.exit(64)
}

function differences(seed: string): readonly string[] {
  const { expected, ...results } = compare(seed)
  const wanted = JSON.stringify(expected)
  return Object.entries(results)
    .filter(([, got]) => JSON.stringify(got) !== wanted)
    .map(([form, got]) => `${form}: expected ${wanted}, got ${JSON.stringify(got)}`)
}

async function wrongEnds(seed: string): Promise<readonly string[]> {
  try {
    const exitCode = await fuzz(seed)
    return [0, 1, 2, 64].includes(exitCode) ? [] : [`exit ${exitCode}`]
  } catch (error) {
    return [error instanceof Error ? (error.stack ?? error.message) : String(error)]
  }
}

/** How many of the seeds failed. */
async function walk(
  what: string,
  count: number,
  failuresOf: (seed: string) => readonly string[] | Promise<readonly string[]>,
): Promise<number> {
  let failed = 0
  const startedMs = performance.now()
  for (let number = from; number < from + count; number += 1) {
    const seed = `${what} ${number}`
    const failures = await failuresOf(seed)
    for (const failure of failures) console.log(`seed "${seed}": ${failure}`)
    if (failures.length > 0) failed += 1
  }
  const seconds = (performance.now() - startedMs) / 1_000
  console.log(`${count} of ${what}: ${failed} failed, in ${seconds.toFixed(1)} s`)
  return failed
}

const failed = (await walk('history', histories, differences)) + (await walk('fuzz', fuzzed, wrongEnds))
process.exitCode = failed === 0 ? 0 : 1
