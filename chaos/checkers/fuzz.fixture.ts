import { Readable } from 'node:stream'
import { linesOf } from '../history/lines-of.ts'
import { packHistory } from '../history/pack-history.fixture.ts'
import { HarnessError } from '../kernel/errors.ts'
import { exitCodeOf } from '../kernel/exit-code.ts'
import { type Random, randomFrom } from '../kernel/random.ts'
import { judgeFiles } from './judge-files.ts'
import { randomHistory } from './random-history.fixture.ts'

const values = [
  null,
  true,
  0,
  -1,
  Number.POSITIVE_INFINITY,
  1.5,
  '',
  'x',
  '__proto__',
  [],
  {},
  ['a'],
  2 ** 53,
  '\ud800',
  'invoke',
  'store',
]
const texts = [
  '',
  '{}',
  '[]',
  'null',
  '@',
  '@ops',
  '@ops k6/1 ',
  '@reads ====',
  '@ops a b c',
  '{"kind":"run"}',
  '\u0000',
]

/** Feeds the judge what no writer would write. Gives the exit code; throws what is no deliberate error. */
export async function fuzz(seed: string): Promise<number> {
  const random = randomFrom(seed)
  const bytes = spoiled(random)
  const chunk = Math.max(1, random.integer(1, 400))
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, number) =>
    bytes.subarray(number * chunk, (number + 1) * chunk),
  )
  async function* files() {
    yield { name: 'fuzz', pieces: linesOf(Readable.from(chunks)) }
  }
  try {
    return exitCodeOf((await judgeFiles(files())).result.verdict)
  } catch (error) {
    if (error instanceof HarnessError) return error.exitCode
    throw error
  }
}

function spoiled(random: Random): Buffer {
  if (random.next() < 0.05) return randomBytes(random, random.integer(0, 200))
  const history = randomHistory(random)
  const json = history.map((line) => JSON.stringify(line))
  const lines = random.next() < 0.4 ? packHistory(history, 'o-', () => random.integer(1, 6)) : json
  for (let times = random.integer(0, 3); times > 0; times -= 1) spoilLines(lines, random)
  const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
  return random.next() < 0.3 ? spoilBytes(bytes, random) : bytes
}

function spoilLines(lines: string[], random: Random): void {
  const at = random.integer(0, lines.length - 1)
  const line = lines[at] ?? ''
  const ways = [
    () => lines.splice(at, 1),
    () => lines.splice(at, 0, line),
    () => lines.splice(at, 1, random.pick(texts)),
    () => lines.splice(at, 1, line.slice(0, random.integer(0, line.length))),
    () => lines.splice(at, 1, withOtherValue(line, random)),
    () =>
      lines.splice(at, 1, `@ops k6/1 ${randomBytes(random, 28 * random.integer(0, 3)).toString('base64')}`),
    () => lines.splice(at, 1, `@reads ${randomBytes(random, 12 * random.integer(0, 3)).toString('base64')}`),
  ]
  random.pick(ways)()
}

function withOtherValue(line: string, random: Random): string {
  const fields = parsed(line)
  const name = random.pick([...Object.keys(fields), '__proto__', 'extra'])
  const value = random.pick(values)
  const shown = value === Number.POSITIVE_INFINITY ? '1e999' : JSON.stringify(value)
  const others = Object.entries(fields).filter(([other]) => other !== name)
  return `{${[...others, [name, shown] as const]
    .map(([other, text]) => `${JSON.stringify(other)}:${other === name ? text : JSON.stringify(text)}`)
    .join(',')}}`
}

/** The fields of a line; none where an earlier spoiling left no object. */
function parsed(line: string): Readonly<Record<string, unknown>> {
  try {
    return { ...JSON.parse(line) }
  } catch {
    return {}
  }
}

function spoilBytes(bytes: Buffer, random: Random): Buffer {
  const at = random.integer(0, bytes.length)
  const ways = [
    () => bytes.subarray(0, at),
    () => Buffer.concat([bytes.subarray(0, at), randomBytes(random, 3), bytes.subarray(at + 3)]),
    () =>
      Buffer.concat([
        bytes.subarray(0, at),
        bytes.subarray(Math.min(bytes.length, at + random.integer(1, 40))),
      ]),
  ]
  return random.pick(ways)()
}

function randomBytes(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.integer(0, 255)))
}
