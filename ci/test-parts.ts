import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { prepare } from './setup/bring-up.ts'
import { ensureChromium } from './setup/chromium.ts'
import { ensurePromtool } from './setup/promtool.ts'
import { type Counts, countCheck, countTests } from './test-counts.ts'
import { runAttached } from './test-process.ts'

export interface TestPart {
  readonly name: string
  readonly what: string
  run(out: (text: string) => void): Promise<Counts>
}

const root = join(import.meta.dirname, '..')
const alertTestFile = join(root, 'reports/monitoring/alerts.test.yml')

/** Node 26 of `node_modules` and the tools beside it come first, whatever this machine has. */
function toolEnv(): Readonly<Record<string, string | undefined>> {
  return {
    ...process.env,
    PATH: `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH ?? ''}`,
    // The harness removes what it makes by itself, and has a reaper of its own for what it could not.
    TESTCONTAINERS_RYUK_DISABLED: 'true',
  }
}

/** Eighty minutes in all at worst: what hangs must be ended and named before somebody else ends all of it. */
const minutesMax = { check: 5, unit: 10, containers: 40, browser: 10 } as const

/** The parts of `npm test`, the quick ones first. */
export const testParts: readonly TestPart[] = [
  {
    name: 'lint',
    what: 'style and lint (Biome)',
    run: () => check('biome', ['check', '--error-on-warnings', '.']),
  },
  { name: 'types', what: 'types (tsc)', run: checkTypes },
  { name: 'dead', what: 'unused code (knip)', run: () => check('knip', []) },
  { name: 'unit', what: 'unit tests', run: () => test('unit', minutesMax.unit) },
  {
    name: 'alerts',
    what: 'alert rules, in situations that are played to them (promtool)',
    run: async (out) => check(await ensurePromtool(out), ['test', 'rules', alertTestFile]),
  },
  {
    name: 'containers',
    what: 'tests with containers',
    run: async (out) => {
      const { images } = await prepare({ out })
      // The machine knows nothing of how images are made: its own tests are told which ones to use.
      process.env.SEAWALL_IMAGE_NODE = images.node
      process.env.SEAWALL_IMAGE_TOXIPROXY = images.toxiproxy
      return test('containers', minutesMax.containers)
    },
  },
  {
    name: 'browser',
    what: 'tests in a browser',
    run: async (out) => {
      await ensureChromium(out)
      return test('browser', minutesMax.browser)
    },
  },
]

async function checkTypes(): Promise<Counts> {
  const own = await check('tsc', ['-p', '.'])
  // Code that runs inside k6 has other globals, so it has a project of its own.
  const k6 = await check('tsc', ['-p', 'scenarios/k6'])
  const page = await check('tsc', ['-p', 'reports/render/browser'])
  return countCheck(own.failed + k6.failed + page.failed)
}

async function check(tool: string, args: readonly string[]): Promise<Counts> {
  const end = await runAttached(tool, args, { cwd: root, env: toolEnv(), minutesMax: minutesMax.check })
  return { ...countCheck(end.code), problems: end.problems }
}

async function test(project: string, minutes: number): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'seawall-test-'))
  const reportFile = join(folder, 'report.json')
  const args = [
    'run',
    '--project',
    project,
    '--reporter=default',
    '--reporter=json',
    `--outputFile=${reportFile}`,
  ]
  try {
    const end = await runAttached('vitest', args, { cwd: root, env: toolEnv(), minutesMax: minutes })
    const report = await readFile(reportFile, 'utf8').catch(() => undefined)
    const counts = countTests(report, end.code)
    return { ...counts, problems: [...end.problems, ...counts.problems] }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
