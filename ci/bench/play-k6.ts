import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import { Wait } from 'testcontainers'
import type { TimedLine } from '../../chaos/history/line.ts'
import { realClock } from '../../chaos/kernel/clock.ts'
import type { K6OutputEnd } from '../../scenarios/k6-output.ts'
import { type K6Settings, k6Container } from '../../scenarios/load-config.ts'
import { startLoadGenerator } from '../../system-under-test/topology/load-generator.ts'
import { LoopbackContainer } from '../../system-under-test/topology/loopback-container.ts'
import { removeRun } from '../../system-under-test/topology/remove-run.ts'
import { imageTag } from '../setup/image-tag.ts'

const projectRoot = resolve(import.meta.dirname, '../..')

/** A network with an intake that accepts everything, and k6 to be sent at it as often as is wanted. */
export interface K6Bench extends AsyncDisposable {
  readonly ledgerPrefix: string
  play(name: string, settings: BenchSettings): Promise<BenchPlayed>
}

export type BenchSettings = Pick<K6Settings, 'profile' | 'ledger' | 'closedClients' | 'vus'> & {
  readonly env?: Readonly<Record<string, string>>
}

export interface BenchPlayed extends K6OutputEnd {
  readonly lines: readonly (TimedLine | string)[]
  readonly startedMs: number
}

export async function k6Bench(intakeEnv: Readonly<Record<string, string>> = {}): Promise<K6Bench> {
  process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'
  const runId = `bench-${process.pid}-${Math.trunc(performance.now())}`
  const docker = new Docker()
  const folder = await mkdtemp(join(tmpdir(), 'seawall-bench-'))
  const bench: K6Bench = {
    ledgerPrefix: `${runId}-`,
    play: (name, settings) => play(runId, folder, name, settings),
    async [Symbol.asyncDispose]() {
      await removeRun(docker, runId)
      await rm(folder, { recursive: true, force: true })
    },
  }
  try {
    await docker.createNetwork({ Name: runId, Labels: { 'seawall.run': runId } })
    await startIntake(runId, intakeEnv)
    return bench
  } catch (error) {
    await bench[Symbol.asyncDispose]()
    throw error
  }
}

async function startIntake(runId: string, env: Readonly<Record<string, string>>): Promise<void> {
  await new LoopbackContainer(process.env.SEAWALL_IMAGE_NODE ?? imageTag('node'))
    .withName(`${runId}-intake`)
    .join(runId, 'intake')
    .withLabels({ 'seawall.run': runId })
    .withEnvironment({ ...env })
    .withBindMounts([{ source: join(projectRoot, 'ci/bench'), target: '/bench', mode: 'ro' }])
    .withEntrypoint(['node', '/bench/quick-intake.fixture.ts'])
    .withWaitStrategy(Wait.forSuccessfulCommand('node -e "fetch(\'http://127.0.0.1:8080\')"'))
    .start()
}

async function play(
  runId: string,
  folder: string,
  name: string,
  { env = {}, ...settings }: BenchSettings,
): Promise<BenchPlayed> {
  const beganMs = realClock.nowMs()
  const elapsedMs = () => realClock.nowMs() - beganMs
  const common = { runId, seed: name, labels: { 'seawall.run': runId } }
  const apiUrls = ['http://intake:8080']
  const recipe = k6Container(
    { ...settings, ...common, ledgerPrefix: `${runId}-`, runStartedEpochMs: Date.now(), apiUrls },
    {},
  )
  const lines: (TimedLine | string)[] = []
  let end: K6OutputEnd | undefined
  const read: typeof recipe.read = (see) => {
    const output = recipe.read(see)
    return {
      line: (text) => output.line(text),
      end: (endedMs) => {
        end = output.end(endedMs)
        return end
      },
    }
  }
  const image = process.env.SEAWALL_IMAGE_K6 ?? imageTag('k6')
  const load = await startLoadGenerator(
    { ...recipe, read, env: { ...recipe.env, ...env } },
    { ...common, image, network: runId, name: `${runId}-${name}`, projectRoot },
    {
      ...{ ...common, experiment: 'bench', folder, clock: realClock, elapsedMs },
      signal: AbortSignal.timeout(180_000),
      progress: () => undefined,
    },
    (line) => lines.push(line),
  )
  const { broken } = await load.ended
  await load.stop()
  if (broken !== undefined || end === undefined) throw new Error(broken ?? 'k6 gave no end')
  return { ...end, lines, startedMs: load.startedMs }
}
