import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { formatLease, leaseLabel, leaseOf } from './lease.ts'
import { readLeaseFile } from './lease-file.ts'
import { findResidue, healResidue, type Residue } from './residue.ts'

const docker = new Docker()
const fixture = fileURLToPath(new URL('./harness.fixture.ts', import.meta.url))
const names = (residue: readonly Residue[], runId: string) =>
  residue.filter((one) => one.runId === runId).map(({ name }) => name.slice(runId.length + 1))

describe('what a killed harness leaves', () => {
  let root: string
  let image: string
  const runIds: string[] = []
  const harnesses: ChildProcess[] = []

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'seawall-safety-'))
    image = await nodeImage()
  })
  afterAll(async () => {
    for (const harness of harnesses) harness.kill('SIGKILL')
    await healResidue(
      docker,
      (await findResidue(docker)).filter(({ runId }) => runIds.includes(runId)),
    )
    for (const runId of runIds) await until(`no rest of ${runId}`, async () => !(await restOf(runId)))
    await rm(root, { recursive: true, force: true })
  })

  /** A harness of its own process that has made everything and paused a container. */
  async function startHarness() {
    const runId = `safety-${process.pid}-${runIds.length + 1}`
    runIds.push(runId)
    const folder = join(root, runId)
    await mkdir(folder)
    const harness = spawn(process.execPath, [fixture, runId, folder, image], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    harnesses.push(harness)
    const died = once(harness, 'exit').then(() =>
      Promise.reject(new Error('the harness died before it was ready')),
    )
    died.catch(() => undefined)
    await Promise.race([once(harness.stdout, 'data'), died])
    return { runId, folder, harness, containers: await containersOf(runId) }
  }

  async function events(folder: string): Promise<string[]> {
    const text = await readFile(join(folder, 'reaper.ndjson'), 'utf8')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event)
  }

  it('is healed and removed within its bound, also what is paused, and a run beside it is not touched', async () => {
    const [dead, alive] = await Promise.all([startHarness(), startHarness()])
    expect(dead.containers).toEqual(['paused', 'running'])
    dead.harness.kill('SIGKILL')
    await until('an empty Engine', async () => !(await restOf(dead.runId)))
    await until('the end of the reaper', async () => (await readLeaseFile(dead.folder)) === undefined)
    expect(await events(dead.folder)).toEqual(
      expect.arrayContaining(['watching', 'harness-died', 'healed', 'done']),
    )
    expect(await containersOf(alive.runId)).toEqual(['paused', 'running'])
    expect(names(await findResidue(docker), alive.runId)).toEqual([])
  })

  it('is removed by another reaper where the first one was killed with the harness', async () => {
    const { runId, harness, folder } = await startHarness()
    const line = (await readFile(join(folder, 'reaper.ndjson'), 'utf8')).split('\n')[0] ?? ''
    process.kill((JSON.parse(line) as { pid: number }).pid, 'SIGKILL')
    await until('another reaper', async () => (await events(folder)).length === 2)
    harness.kill('SIGKILL')
    await until('an empty Engine', async () => !(await restOf(runId)))
  })

  it('is found as residue where no reaper was left, and healed without touching anything else', async () => {
    const alive = await startHarness()
    const orphan = await orphanRun()
    const unsigned = await docker.createNetwork({
      Name: `${orphan}-u`,
      Labels: { 'seawall.run': `${orphan}-u` },
    })
    const residue = await findResidue(docker)
    expect(names(residue, orphan)).toEqual(['data', 'net', 'worker-1'])
    expect(residue.find(({ runId }) => runId === `${orphan}-u`)).toMatchObject({ holder: 'unsigned' })
    await healResidue(
      docker,
      residue.filter(({ runId }) => runId.startsWith(orphan)),
    )
    expect(names(await findResidue(docker), orphan)).toEqual([])
    expect(await containersOf(alive.runId)).toEqual(['paused', 'running'])
    expect(await unsigned.inspect()).toMatchObject({ Name: `${orphan}-u` })
    await unsigned.remove()
  })

  /** A run whose harness and reaper are both gone: its lease is that of a process that has ended. */
  async function orphanRun(): Promise<string> {
    const runId = `safety-${process.pid}-orphan`
    runIds.push(runId)
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'])
    const Labels = { 'seawall.run': runId, [leaseLabel]: formatLease(await leaseOf(child.pid)) }
    child.kill('SIGKILL')
    await once(child, 'exit')
    await docker.createNetwork({ Name: `${runId}-net`, Labels })
    await docker.createVolume({ Name: `${runId}-data`, Labels })
    const container = await docker.createContainer({
      name: `${runId}-worker-1`,
      Image: image,
      Labels,
      Entrypoint: ['node', '-e', 'setInterval(() => {}, 1000)'],
      HostConfig: { NetworkMode: 'none' },
    })
    await container.start()
    await until('a paused worker', () => container.pause().then(() => true))
    return runId
  }
})

/** 60 s: the bound of the promise is 15 s on a quiet machine; the test must pass on one that is four times slower. */
function until(what: string, probe: () => Promise<boolean>): Promise<boolean> {
  return waitUntil(probe, { clock: realClock, what, deadlineMs: 60_000, everyMs: 100 })
}

async function containersOf(runId: string): Promise<string[]> {
  const filters = { label: [`seawall.run=${runId}`] }
  return (await docker.listContainers({ all: true, filters })).map(({ State }) => State).sort()
}

async function restOf(runId: string): Promise<boolean> {
  const filters = { label: [`seawall.run=${runId}`] }
  const { Volumes: volumes } = await docker.listVolumes({ filters })
  const networks = await docker.listNetworks({ filters })
  return (await containersOf(runId)).length + networks.length + (volumes ?? []).length > 0
}

async function nodeImage(): Promise<string> {
  const { SEAWALL_IMAGE_NODE: named } = process.env
  if (named !== undefined) return named
  const images = await docker.listImages({ filters: { reference: ['seawall/node'] } })
  const newest = images.sort((one, other) => other.Created - one.Created)[0]
  if (newest === undefined) throw new Error('there is no image seawall/node; run `npm run seawall setup`')
  return newest.Id
}
