import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type Docker from 'dockerode'
import { afterEach, describe, expect, it } from 'vitest'
import { silentLog } from '../telemetry/log.ts'
import { prepareRelease } from './api-release.ts'
import { hello } from './greeting.ts'
import type { ContainerPlace } from './targets.ts'

const servers: Server[] = []
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((done) => server.close(done))
})

/** Twenty seconds in one: nothing here waits for anything but answers on loopback. */
const hurried = {
  nowMs: () => performance.now() * 20,
  wallTime: () => new Date(),
  sleep: (ms: number, signal?: AbortSignal) => delay(ms / 20, undefined, { signal }),
}

/** Replicas as containers: each look at one finds 300 more orders, of which the new version answers so many with 504. */
async function world({ badOf300 = 0, neverReady = false } = {}) {
  const running = new Set<string>()
  const steps: string[] = []
  async function container(id: string, isNew: boolean): Promise<number> {
    let looks = 0
    const server = createServer((request, response) => {
      if (!running.has(id)) return request.socket.destroy()
      if (request.url !== '/metrics') return response.writeHead(isNew && neverReady ? 503 : 200).end()
      looks += 1
      const bad = isNew ? badOf300 * looks : 0
      const line = (status: number, count: number) =>
        `http_requests_total{route="submit",status="${status}"} ${count}\n`
      return response.end(line(202, 300 * looks - bad) + line(504, bad))
    })
    servers.push(server)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  const change = (id: string, what: 'start' | 'stop' | 'kill') => async () => {
    steps.push(`${what} ${id}`)
    if (what === 'start') running.add(id)
    else running.delete(id)
  }
  const docker = {
    getContainer: (id: string) => ({
      start: change(id, 'start'),
      stop: change(id, 'stop'),
      kill: change(id, 'kill'),
    }),
  } as unknown as Docker
  const place = async (name: string, isNew: boolean): Promise<ContainerPlace> => {
    const id = isNew ? `new ${name}` : `old ${name}`
    running.add(id)
    return { name, role: 'api', id, port: await container(id, isNew), greeting: hello.http }
  }
  const apis = [await place('api-1', false), await place('api-2', false)]
  const release = await prepareRelease(
    { COLOUR: 'green' },
    { docker, apis, startReplica: ({ alias }) => place(alias, true), clock: hurried, log: silentLog },
  )
  const reading = (name: string) => release.readings(0).find((line) => line.name === name)?.value
  return { release, reading, steps, present: () => release.present().map(({ id }) => id) }
}

const soon = { timeout: 30_000 }

describe('a release of the API over containers', () => {
  it('lets the new version wait as containers that do not run', async () => {
    const { steps, present, reading } = await world()
    expect(steps).toEqual(['kill new api-1', 'kill new api-2'])
    expect(present()).toEqual(['old api-1', 'old api-2'])
    expect([reading('new-replicas'), reading('released'), reading('rolled-back')]).toEqual([0, 0, 0])
  })

  it('replaces one after the other when the canary is as good', async () => {
    const { release, steps, present, reading } = await world()
    release.begin(0)
    await expect.poll(() => reading('released'), soon).toBe(1)
    expect(steps.slice(2)).toEqual(['stop old api-1', 'start new api-1', 'stop old api-2', 'start new api-2'])
    expect(present()).toEqual(['new api-1', 'new api-2'])
    expect(reading('new-replicas')).toBe(2)
  })

  it('takes a canary back that errs more than the other one', async () => {
    const { release, steps, present, reading } = await world({ badOf300: 90 })
    release.begin(0)
    await expect.poll(() => reading('rolled-back'), soon).toBe(1)
    expect(steps.slice(2)).toEqual(['stop old api-1', 'start new api-1', 'stop new api-1', 'start old api-1'])
    expect([present(), reading('new-replicas')]).toEqual([['old api-1', 'old api-2'], 0])
  })

  it('takes a canary back that does not become ready', async () => {
    const { release, present, reading } = await world({ neverReady: true })
    release.begin(0)
    await expect.poll(() => reading('rolled-back'), soon).toBe(1)
    expect(present()).toEqual(['old api-1', 'old api-2'])
  })

  it('ends with the run, whether it had begun or not', async () => {
    const { release, steps } = await world()
    await release.stop()
    const { release: other, steps: others } = await world({ neverReady: true })
    other.begin(0)
    await expect.poll(() => others, soon).toContain('start new api-1')
    await other.stop()
    expect(steps).toHaveLength(2)
    // Nobody needs a version back that is removed in a moment.
    expect(others.slice(2)).toEqual(['stop old api-1', 'start new api-1'])
  })
})
