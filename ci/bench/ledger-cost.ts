import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import Docker from 'dockerode'
import { Wait } from 'testcontainers'
import { realClock } from '../../chaos/kernel/clock.ts'
import { k6Container } from '../../scenarios/load-config.ts'
import { constant } from '../../scenarios/profiles/constant.ts'
import { startLoadGenerator } from '../../system-under-test/topology/load-generator.ts'
import { LoopbackContainer } from '../../system-under-test/topology/loopback-container.ts'
import { removeRun } from '../../system-under-test/topology/remove-run.ts'
import { imageTag } from '../setup/image-tag.ts'
import type { Bench } from './figure.ts'

const projectRoot = resolve(import.meta.dirname, '../..')
/** Pairs, so that a machine that grows busier meanwhile slows both alike; the middle one of their ratios counts. */
const pairs = 5
const onlyOrders = {
  repeatShare: 0,
  poisonShare: 0,
  invalidShare: 0,
  largeShare: 0,
  conflictShare: 0,
  readShare: 0,
}
/** Closed model, eight clients: enough to keep one core of k6 busy all the time. */
const closedClients = 8
const profile = constant({ perSecond: 1, durationMs: 6_000, mix: onlyOrders })

/** What writing the ledger costs the load generator, at the highest rate that it reaches. */
export const ledgerCost: Bench = {
  name: 'k6-with-ledger',
  what: 'orders a second that k6 sends with the ledger, against those that it sends without',
  containers: true,
  async run(tell) {
    process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'
    const runId = `bench-${process.pid}`
    const docker = new Docker()
    const folder = await mkdtemp(join(tmpdir(), 'seawall-bench-'))
    try {
      await docker.createNetwork({ Name: runId, Labels: { 'seawall.run': runId } })
      await startIntake(runId)
      const ratios: number[] = []
      for (let pair = 1; pair <= pairs; pair += 1) {
        const without = await ratePerSecond(runId, folder, `${pair}-without`, false)
        const withLedger = await ratePerSecond(runId, folder, `${pair}-with`, true)
        tell(`pair ${pair}: ${withLedger.toFixed(0)}/s with, ${without.toFixed(0)}/s without`)
        ratios.push(withLedger / without)
      }
      const value = ratios.sort((a, b) => a - b)[pairs >> 1] as number
      return [{ name: 'k6 with the ledger / without', value, unit: '×', atLeast: 0.93 }]
    } finally {
      await removeRun(docker, runId)
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function startIntake(runId: string): Promise<void> {
  await new LoopbackContainer(process.env.SEAWALL_IMAGE_NODE ?? imageTag('node'))
    .withName(`${runId}-intake`)
    .join(runId, 'intake')
    .withLabels({ 'seawall.run': runId })
    .withBindMounts([{ source: join(projectRoot, 'ci/bench'), target: '/bench', mode: 'ro' }])
    .withEntrypoint(['node', '/bench/quick-intake.fixture.ts'])
    .withWaitStrategy(Wait.forSuccessfulCommand('node -e "fetch(\'http://127.0.0.1:8080\')"'))
    .start()
}

async function ratePerSecond(runId: string, folder: string, name: string, ledger: boolean): Promise<number> {
  const beganMs = realClock.nowMs()
  const recipe = k6Container(
    {
      ...{ profile, runId, seed: name, ledgerPrefix: `${runId}-`, runStartedEpochMs: Date.now(), ledger },
      apiUrls: ['http://intake:8080'],
      closedClients,
    },
    {},
  )
  let summary: unknown
  const read: typeof recipe.read = (see) => {
    const output = recipe.read(see)
    return {
      line: (text) => output.line(text),
      end(endedMs) {
        const end = output.end(endedMs)
        summary = end.summary
        return end
      },
    }
  }
  const load = await startLoadGenerator(
    // One core, so that the intake has the other one and the generator is what is measured.
    { ...recipe, read, env: { ...recipe.env, GOMAXPROCS: '1' } },
    {
      image: process.env.SEAWALL_IMAGE_K6 ?? imageTag('k6'),
      network: runId,
      labels: { 'seawall.run': runId },
      name: `${runId}-${name}`,
      projectRoot,
    },
    {
      ...{ runId, seed: name, experiment: 'bench', folder, labels: {}, clock: realClock },
      elapsedMs: () => realClock.nowMs() - beganMs,
      signal: AbortSignal.timeout(120_000),
      progress: () => undefined,
    },
    () => undefined,
  )
  const { broken } = await load.ended
  await load.stop()
  if (broken !== undefined) throw new Error(broken)
  const { metrics } = summary as { metrics: { iterations: { values: { rate: number } } } }
  return metrics.iterations.values.rate
}
