import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { ContainerTarget, LinkTarget } from '../../chaos/faults/target.ts'
import type { TimedLine } from '../../chaos/history/line.ts'
import { realClock } from '../../chaos/kernel/clock.ts'
import { waitUntil } from '../../chaos/kernel/wait-until.ts'
import type { RunningSystem } from '../../chaos/system.ts'
import { honestSource, orderIntakeSystem } from '../../ci/play/order-intake-system.ts'
import { prepare } from '../../ci/setup/bring-up.ts'
import { eventLoad } from '../../scenarios/experiments/event.ts'
import { digestOf } from '../orders/digest.ts'

const runId = `topology-${process.pid}`
const deadlineMs = 180_000
let folder: string
let system: RunningSystem
const docker = new Docker()

const until = (what: string, probe: () => Promise<boolean>) =>
  waitUntil(probe, { clock: realClock, what, deadlineMs })
const steady = () =>
  until('the steady state', async () => (await system.steadyState(new AbortController().signal)).ok)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'seawall-topology-'))
  const { images } = await prepare({ out: console.log })
  const startedMs = realClock.nowMs()
  system = await orderIntakeSystem(honestSource, eventLoad, images, process.env).start({
    runId,
    seed: 'topology',
    experiment: 'topology',
    clock: realClock,
    signal: new AbortController().signal,
    elapsedMs: () => realClock.nowMs() - startedMs,
    folder,
    labels: { 'seawall.run': runId },
    progress: console.log,
  })
  await steady()
}, 300_000)

afterAll(async () => {
  await system?.[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

const container = (name: string) => system.targets.find((target) => target.name === name) as ContainerTarget
const door = (name: string) => {
  const { host, port } = (system.targets.find((target) => target.name === name) as LinkTarget).proxied
  return `http://${host}:${port}`
}
const order = (sku: string) => JSON.stringify({ customer: 'Ännchen', items: [{ sku, quantity: 1 }] })

async function submit(api: string, key: string, body: string): Promise<number> {
  const answer = await fetch(`${door(`client->${api}`)}/orders`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key },
    body,
  })
  await answer.body?.cancel()
  return answer.status
}

async function finalRead(): Promise<readonly TimedLine[]> {
  const lines: TimedLine[] = []
  await system.finalRead((line) => lines.push(line), new AbortController().signal)
  return lines
}

describe('the order intake on containers', () => {
  it('gives the same answer to the same key from any replica, and refuses another payload once it is stored', async () => {
    expect(await submit('api-1', `${runId}-1`, order('tea'))).toBe(202)
    expect(await submit('api-2', `${runId}-1`, order('tea'))).toBe(202)
    await until(
      'the order to be stored',
      async () => (await submit('api-2', `${runId}-1`, order('rum'))) === 409,
    )
  })

  it('refuses what is no order, before anything is published', async () => {
    expect(await submit('api-1', `${runId}-2`, '{"customer":1}')).toBeGreaterThanOrEqual(400)
    expect(await submit('api-1', 'a key with spaces', order('tea'))).toBeGreaterThanOrEqual(400)
  })

  it('observes queue, replicas and memory without an error', async () => {
    const names = new Set((await system.observe()).map(({ name }) => name))
    for (const name of ['queue-depth', 'unacknowledged', 'dead-letters', 'consumers', 'answering']) {
      expect(names).toContain(name)
    }
  })

  it('knows the addresses of its peers, and that each part answers', async () => {
    const peers = await container('worker-1').peers()
    expect([...peers.keys()].toSorted()).toEqual(['api-1', 'api-2', 'broker', 'store', 'worker-2'])
    for (const name of ['api-1', 'worker-1', 'broker', 'store'])
      expect(await container(name).answers(10_000)).toBe(true)
  })

  it('takes the binding away and gives it back, as the broker itself sees it', async () => {
    const { broker } = container('broker')
    await broker?.removeBinding()
    expect(await broker?.facts()).toMatchObject({ queueExists: true, bindingExists: false })
    await broker?.restoreTopology()
    expect(await broker?.facts()).toMatchObject({ bindingExists: true })
  })

  it('raises and clears an alarm, and a limit, as the broker itself sees them', async () => {
    const { broker } = container('broker')
    await broker?.raiseMemoryAlarm()
    await until('the alarm', async () => (await broker?.facts())?.alarm === true)
    await broker?.clearMemoryAlarm()
    await until('the end of the alarm', async () => (await broker?.facts())?.alarm === false)
    await broker?.limitQueueLength(10)
    expect((await broker?.facts())?.policies).toHaveLength(1)
    await broker?.clearPolicies()
    expect((await broker?.facts())?.policies).toEqual([])
  })

  it('delivers everything twice, and once again, as the broker itself sees it', async () => {
    const { broker } = container('broker')
    await broker?.doubleDeliveries(20)
    expect((await broker?.facts())?.copiesDelivered).toBe(0)
    expect(await submit('api-1', `${runId}-3`, order('rum'))).toBe(202)
    await until('the copy', async () => (await broker?.facts())?.copiesDelivered === 1)
    await broker?.deliverOnce()
    expect(await broker?.facts()).not.toHaveProperty('copiesDelivered')
  })

  it('declares its queue again when that is deleted', async () => {
    const { broker } = container('broker')
    await steady()
    await broker?.deleteQueue()
    await until('another queue', async () => {
      const facts = await broker?.facts()
      return facts?.queueExists === true && facts.bindingExists && facts.published === 0
    })
    await steady()
  })

  it('names the worker that holds unacknowledged messages', async () => {
    const { broker } = container('broker')
    await until('the consumers to be known by name', async () => {
      const facts = await broker?.facts()
      const names = [...(facts?.unacknowledgedByConsumer.keys() ?? [])]
      return ['worker-1', 'worker-2'].every((worker) => names.some((name) => name.startsWith(worker)))
    })
  })

  it('refuses and accepts clients of the store', async () => {
    const { store } = container('store')
    await store?.refuseClients()
    expect(await store?.acceptsClients()).toBe(false)
    await store?.acceptClients()
    expect(await store?.acceptsClients()).toBe(true)
    await steady()
  })

  it('publishes on loopback only, drops every capability, and runs nothing as root', async () => {
    const all = await docker.listContainers({ filters: { label: [`seawall.run=${runId}`] } })
    // With the load generator, which is ready before anybody asks for it.
    expect(all.length).toBe(8)
    for (const { Id, Ports } of all) {
      for (const { IP, PublicPort } of Ports) if (PublicPort !== undefined) expect(IP).toBe('127.0.0.1')
      const info = await docker.getContainer(Id).inspect()
      expect(info.HostConfig.CapDrop).toEqual(['ALL'])
      expect(info.Config.User).not.toMatch(/^(0|root|)$/)
      expect(info.HostConfig.Memory).toBeGreaterThan(0)
    }
  })

  it('is read back whole: each order once, with one effect, and every place to its end', async () => {
    await steady()
    const lines = await finalRead()
    const reads = lines.filter((line) => line.kind === 'read').toSorted((a, b) => (a.id < b.id ? -1 : 1))
    expect(reads).toMatchObject([
      { place: 'store', id: `${runId}-1`, digest: digestOf(order('tea')), effects: [expect.any(String)] },
      { place: 'store', id: `${runId}-3`, digest: digestOf(order('rum')), effects: [expect.any(String)] },
    ])
    const complete = lines.filter((line) => line.kind === 'read-complete')
    expect(complete.map(({ place, count }) => [place, count])).toEqual([
      ['store', 2],
      ['queue', 0],
      ['dead-letter', 0],
    ])
  })

  it('saves what everybody printed, and leaves nothing', async () => {
    await system.saveLogs()
    expect((await readdir(join(folder, 'logs'))).length).toBe(7)
    await system[Symbol.asyncDispose]()
    const filters = { label: [`seawall.run=${runId}`] }
    expect(await docker.listContainers({ all: true, filters })).toEqual([])
    expect(await docker.listNetworks({ filters })).toEqual([])
  })
})
