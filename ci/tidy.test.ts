import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from 'vitest'

const root = join(import.meta.dirname, '..')
const tracked = execFileSync('git', ['-C', root, 'ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((file) => file !== '')
const sources = tracked.filter((file) => file.endsWith('.ts') && exists(file))
const textOf = (file: string) => readFileSync(join(root, file), 'utf8')

function exists(file: string): boolean {
  try {
    readFileSync(join(root, file))
    return true
  } catch {
    return false
  }
}

interface Import {
  readonly from: string
  readonly to: string
  readonly typesOnly: boolean
}

/** Every import of one of our files by another, from the text: no compiler is needed to read them. */
const imports: readonly Import[] = sources.flatMap((from) =>
  [...textOf(from).matchAll(/^(?:import|export)\s+(type\s)?[^'"]*?from\s+'(\.[^']+)'/gm)].map((match) => ({
    from,
    to: posix.join(posix.dirname(from), match[2] as string),
    typesOnly: match[1] !== undefined,
  })),
)

const offences = (breaks: (each: Import) => boolean) =>
  imports.filter(breaks).map(({ from, to }) => `${from} imports ${to}`)
const isTest = (file: string) => /\.(test|fixture)\.ts$/.test(file)
const under = (file: string, ...folders: string[]) => folders.some((folder) => file.startsWith(`${folder}/`))

describe('the repository', () => {
  it('finds imports to check', () => {
    expect(imports.length).toBeGreaterThan(200)
  })

  it('has only the top-level folders that a newcomer was told of', () => {
    const folders = new Set(tracked.filter((file) => file.includes('/')).map((file) => file.split('/')[0]))
    const known = ['scenarios', 'chaos', 'system-under-test', 'reports', 'ci', '.ci', '.github']
    expect([...folders].filter((folder) => !known.includes(folder as string))).toEqual([])
  })

  it('keeps the service free of the harness', () => {
    expect(
      offences(
        ({ from, to }) =>
          under(from, 'system-under-test') &&
          !under(from, 'system-under-test/topology') &&
          !under(to, 'system-under-test'),
      ),
    ).toEqual([])
    expect(
      offences(
        ({ from, to, typesOnly }) =>
          under(from, 'system-under-test/topology') &&
          !isTest(from) &&
          !under(to, 'system-under-test') &&
          !(typesOnly && under(to, 'chaos')),
      ),
    ).toEqual([])
  })

  it('keeps the machine free of what it is pointed at', () => {
    expect(
      offences(
        ({ from, to }) =>
          under(from, 'chaos') && under(to, 'scenarios', 'system-under-test', 'reports', 'ci'),
      ),
    ).toEqual([])
  })

  it('lets the kernel import nothing of ours', () => {
    expect(offences(({ from, to }) => under(from, 'chaos/kernel') && !under(to, 'chaos/kernel'))).toEqual([])
  })

  it('lets the script inside k6 import itself and the profiles only', () => {
    expect(
      offences(
        ({ from, to }) =>
          under(from, 'scenarios/k6') && !isTest(from) && !under(to, 'scenarios/k6', 'scenarios/profiles'),
      ),
    ).toEqual([])
  })

  it('lets reports read histories and verdicts, and nothing that runs', () => {
    const allowed = ['reports', 'chaos/history', 'chaos/kernel', 'chaos/checkers', 'chaos/slo']
    expect(
      offences(
        ({ from, to, typesOnly }) =>
          under(from, 'reports') && !under(to, ...allowed) && !(typesOnly && under(to, 'chaos')),
      ),
    ).toEqual([])
  })

  it('has no clock, chance or file access in its pure folders', () => {
    const pure = [
      'chaos/schedule',
      'chaos/checkers',
      'chaos/slo',
      'scenarios/profiles',
      'system-under-test/orders',
    ]
    const impure =
      /Date\.now|new Date\(\)|performance\.now|Math\.random|node:(fs|net|child_process|timers)|setTimeout/
    const found = sources.filter((file) => under(file, ...pure) && !isTest(file) && impure.test(textOf(file)))
    expect(found).toEqual([])
  })

  it('has no cycle of value imports', () => {
    expect(firstCycle()).toBeUndefined()
  })

  it('keeps each file to one idea: at most 250 lines', () => {
    expect(sources.filter((file) => textOf(file).split('\n').length > 251)).toEqual([])
  })

  it('skips and focuses no test, and leaves no work for later', () => {
    const shirking = new RegExp(
      `\\b(?:it|test|describe)\\.(?:skip|todo|only)\\b|@ts-${'ignore'}|\\bTO${'DO'}\\b`,
    )
    expect(sources.filter((file) => shirking.test(textOf(file)))).toEqual([])
  })

  it('names no machine', () => {
    const paths = /(?:^|[^A-Za-z0-9_.])\/(?:work|farm|home\/[a-z]+)\//
    expect(
      tracked.filter(
        (file) => /\.(?:ts|md|json|yml|sh)$/.test(file) && exists(file) && paths.test(textOf(file)),
      ),
    ).toEqual([])
  })
})

function firstCycle(): string | undefined {
  const next = new Map<string, string[]>()
  for (const { from, to, typesOnly } of imports) {
    if (!typesOnly) next.set(from, [...(next.get(from) ?? []), to])
  }
  const done = new Set<string>()
  const path: string[] = []
  const visit = (file: string): string | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file].join(' -> ')
    if (done.has(file)) return undefined
    path.push(file)
    for (const to of next.get(file) ?? []) {
      const cycle = visit(to)
      if (cycle !== undefined) return cycle
    }
    path.pop()
    done.add(file)
    return undefined
  }
  for (const file of next.keys()) {
    const cycle = visit(file)
    if (cycle !== undefined) return cycle
  }
  return undefined
}
