import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { guardRun } from './guard-run.ts'
import { holderOf, leaseOf, parseLease } from './lease.ts'
import { findLeases, readLeaseFile } from './lease-file.ts'

/** Nothing here needs an Engine: the reaper speaks to one only when a run has ended or died. */
describe('guarding a run', { timeout: 200_000 }, () => {
  let runs: string
  let folder: string
  beforeEach(async () => {
    runs = await mkdtemp(join(tmpdir(), 'seawall-guard-'))
    folder = join(runs, 'spike', 'run-1')
    await mkdir(folder, { recursive: true })
  })
  afterEach(() => rm(runs, { recursive: true }))
  const until = (what: string, probe: () => Promise<boolean>) =>
    waitUntil(probe, { clock: realClock, what, deadlineMs: 60_000, everyMs: 20 })
  const events = async () => {
    const text = await readFile(join(folder, 'reaper.ndjson'), 'utf8')
    return text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { event: string }).event)
  }

  it('has a reaper that watches when it resolves, holds the lease, and lets go of what is to be kept', async () => {
    const guard = await guardRun({ runId: 'run-1', folder })
    expect(await events()).toEqual(['watching'])
    expect(await readLeaseFile(folder)).toMatchObject({ runId: 'run-1', state: 'held' })
    expect(guard.labels).toMatchObject({ 'seawall.run': 'run-1' })
    const lease = parseLease(guard.labels['seawall.lease'] ?? '')
    expect(lease && (await holderOf(lease))).toBe('alive')
    const reaper = await leaseOf(guard.reaperPid)
    await guard.keep()
    await until('the end of the reaper', async () => (await holderOf(reaper)) === 'dead')
    expect(await events()).toEqual(['watching', 'released'])
  })

  const workerPid = async () => {
    const text = await readFile(join(folder, 'reaper.ndjson'), 'utf8')
    return (JSON.parse(text.trimEnd().split('\n').at(-1) ?? '') as { pid: number }).pid
  }

  it('has another reaper at work when somebody kills one, or the one that sees to it', async () => {
    const guard = await guardRun({ runId: 'run-1', folder })
    const first = guard.reaperPid as number
    const worker = await workerPid()
    process.kill(worker, 'SIGKILL')
    await until('another worker', async () => (await events()).join() === 'watching,worker-died,watching')
    process.kill(first, 'SIGKILL')
    await until('another reaper', async () => guard.reaperPid !== first && (await events()).length === 4)
    await guard.keep()
    await until(
      'the end of both',
      async () => (await events()).filter((event) => event === 'released').length === 2,
    )
  })

  it('says that the run has ended when it is disposed, and is found by its lease until the reaper is through', async () => {
    const guard = await guardRun({ runId: 'run-1', folder })
    const worker = await workerPid()
    process.kill(worker, 'SIGSTOP')
    await guard[Symbol.asyncDispose]()
    expect(await findLeases(runs)).toContainEqual(
      expect.objectContaining({ runId: 'run-1', state: 'ended', folder }),
    )
    process.kill(guard.reaperPid as number, 'SIGKILL')
    process.kill(worker, 'SIGKILL')
  })

  it('finds no leases where there are no runs', async () => {
    expect(await findLeases(join(runs, 'nowhere'))).toEqual([])
  })
})
