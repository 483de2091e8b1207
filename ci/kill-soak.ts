import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type Docker from 'dockerode'
import { realClock } from '../chaos/kernel/clock.ts'
import { randomFrom } from '../chaos/kernel/random.ts'
import { readLeaseFile } from '../chaos/safety/lease-file.ts'
import { readPending } from '../chaos/safety/undo-journal.ts'
import { readRecord } from '../reports/read-record.ts'
import { prepare } from './setup/bring-up.ts'
import { soakedSystem } from './soak/soaked-system.ts'
import { tinyHarness } from './soak/tiny-harness.ts'

/**
 * `node ci/kill-soak.ts --kills 100 --interrupts 30 --seed 1`: whole runs on a tiny system (or, with `--system orders`,
 * on the order intake, which takes a minute and more each), each ended at an instant drawn from the seed: by SIGKILL
 * (every third one takes the reaper at work along), or by SIGINT. Within 15 s nothing of a killed run may be left; an
 * interrupted one must exit 130 with a record. Prints each ending; exit 1 if one is bad.
 */
const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '100' },
    interrupts: { type: 'string', default: '30' },
    seed: { type: 'string', default: '1' },
    'at-once': { type: 'string', default: '3' },
    'within-ms': { type: 'string', default: '15000' },
    system: { type: 'string', default: 'tiny' },
    harness: { type: 'string' },
    reports: { type: 'string', default: '' },
  },
})
const system = soakedSystem(values.system)

interface Soak {
  readonly docker: Docker
  readonly nodeImage: string
}

interface Ending {
  readonly name: string
  readonly problems: readonly string[]
  readonly cleanMs: number
}

async function end(name: string, how: 'SIGKILL' | 'SIGINT', { docker, nodeImage }: Soak): Promise<Ending> {
  const random = randomFrom(`${values.seed}/${name}`)
  const reports = await mkdtemp(join(tmpdir(), 'seawall-soak-'))
  const argv = system.argv({ seed: name, reports, nodeImage })
  const harness = spawn(process.execPath, argv, { stdio: ['ignore', 'pipe', 'inherit'] })
  await once(harness.stdout, 'data')
  const ended = once(harness, 'exit')
  await Promise.race([realClock.sleep(random.integer(0, system.runMs)), ended])
  harness.kill(how)
  const [code] = (await ended) as [number | null]
  const killedMs = realClock.nowMs()
  const problems = how === 'SIGINT' ? await interruptProblems(harness, code, reports) : []
  if (how === 'SIGKILL' && random.integer(1, 3) === 1) {
    await realClock.sleep(random.integer(0, 1_500))
    await killReaper(reports)
  }
  const left = await untilClean(docker, reports, killedMs + Number(values['within-ms']))
  const cleanMs = Math.round(realClock.nowMs() - killedMs)
  await rm(reports, { recursive: true, force: true })
  return { name, problems: [...problems, ...left], cleanMs }
}

async function interruptProblems(
  harness: ChildProcess,
  code: number | null,
  reports: string,
): Promise<string[]> {
  const folder = await runFolder(reports)
  if (folder === undefined) return ['no run record']
  const record = await readRecord(folder).catch((error: Error) => error)
  if (record instanceof Error) return [record.message]
  // A run that had ended before has its own code, and its record says so.
  const expected = record.problems.includes('the run was interrupted') ? 130 : record.exitCode
  return code === expected ? [] : [`exit ${code ?? harness.signalCode}, expected ${expected}`]
}

async function killReaper(reports: string): Promise<void> {
  const folder = await runFolder(reports)
  const text =
    folder === undefined ? '' : await readFile(join(folder, 'reaper.ndjson'), 'utf8').catch(() => '')
  const lines = text.split('\n').filter((line) => line.includes('"watching"'))
  const { pid } = JSON.parse(lines.at(-1) ?? '{}') as { pid?: number }
  try {
    if (pid !== undefined) process.kill(pid, 'SIGKILL')
  } catch {
    // It was through already.
  }
}

/** What is left of the run at the deadline; empty as soon as nothing is, and nothing waits to be healed. */
async function untilClean(docker: Docker, reports: string, deadlineMs: number): Promise<string[]> {
  while (true) {
    const left = await leftOf(docker, await runFolder(reports))
    if (left.length === 0 || realClock.nowMs() >= deadlineMs) return left
    await realClock.sleep(100)
  }
}

async function leftOf(docker: Docker, folder: string | undefined): Promise<string[]> {
  if (folder === undefined) return []
  const filters = { label: [`seawall.run=${folder.split('/').at(-1)}`] }
  const containers = await docker.listContainers({ all: true, filters })
  const networks = await docker.listNetworks({ filters })
  const { Volumes: volumes } = await docker.listVolumes({ filters })
  const pending = await readPending(join(folder, 'undo.ndjson'))
  const lease = await readLeaseFile(folder)
  return [
    ...(lease === undefined ? [] : ['its reaper is not through']),
    ...containers.map(({ Names, State }) => `container ${Names[0]} is ${State}`),
    ...networks.map(({ Name }) => `network ${Name}`),
    ...(volumes ?? []).map(({ Name }) => `volume ${Name}`),
    ...pending.map(({ fault, faultKind }) => `${fault} (${faultKind}) is not healed`),
  ]
}

async function runFolder(reports: string): Promise<string | undefined> {
  const runs = join(reports, 'runs', system.experiment)
  const names = await readdir(runs).catch(() => [])
  const name = names.find((entry) => entry !== 'latest')
  return name === undefined ? undefined : join(runs, name)
}

async function soak(): Promise<number> {
  const { docker, images } = await prepare({ images: system.images, out: console.log })
  const soaked = { docker, nodeImage: images.node }
  const kills = Array.from(
    { length: Number(values.kills) },
    (_, at) => [`kill-${at + 1}`, 'SIGKILL'] as const,
  )
  const interrupts = Array.from(
    { length: Number(values.interrupts) },
    (_, at) => [`int-${at + 1}`, 'SIGINT'] as const,
  )
  const waiting = [...kills, ...interrupts]
  const endings: Ending[] = []
  const work = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const ending = await end(next[0], next[1], soaked)
      endings.push(ending)
      console.log(`${ending.name}: ${ending.problems.join('; ') || `clean after ${ending.cleanMs} ms`}`)
    }
  }
  await Promise.all(Array.from({ length: Number(values['at-once']) }, work))
  const bad = endings.filter(({ problems }) => problems.length > 0)
  const slowest = Math.max(0, ...endings.map(({ cleanMs }) => cleanMs))
  console.log(`${endings.length} endings, ${bad.length} bad; the slowest was clean after ${slowest} ms`)
  return bad.length === 0 ? 0 : 1
}

process.exitCode =
  values.harness === undefined ? await soak() : await tinyHarness(values.harness, values.reports, values.seed)
