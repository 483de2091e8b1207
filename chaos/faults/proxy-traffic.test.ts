import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { describe, expect, it } from 'vitest'
import { realClock } from '../kernel/clock.ts'
import { fakeClock } from '../kernel/fake-clock.ts'
import { fakeEngine } from './engine.fixture.ts'
import { linkFixture } from './link.fixture.ts'
import { talk } from './link-looks.ts'
import { watchProxies } from './proxy-traffic.ts'
import type { HostPort } from './target.ts'
import { bytesFromClients } from './toxiproxy.ts'

async function client(at: HostPort): Promise<Socket> {
  const socket = connect(at)
  socket.write('hello\n')
  await once(socket, 'data')
  return socket
}

/** Lets the ten seconds pass in which a proxy might still count something. */
async function atOnce(work: (clock: ReturnType<typeof fakeClock>) => Promise<readonly string[]>) {
  const clock = fakeClock()
  let isOver = false
  const done = work(clock).finally(() => {
    isOver = true
  })
  while (!isOver) {
    await clock.advance(1_000)
    await realClock.sleep(1)
  }
  return done
}

describe('a link that was broken', () => {
  it('was felt by its client, whose connection is still open when it is asked', async () => {
    await using on = await linkFixture()
    const watch = await watchProxies([on.link], realClock)
    await using socket = await client(on.link.proxied)
    expect(await watch.bypassed(['worker-1->store'])).toEqual([])
    expect(socket.destroyed || (await once(socket, 'close'))).toBeTruthy()
    await using again = await client(on.link.proxied)
    expect(again.bytesRead).toBeGreaterThan(0)
  })

  it('proves nothing where only our own looks and earlier runs came through its proxy', async () => {
    await using on = await linkFixture()
    const earlier = await client(on.link.proxied)
    earlier.destroy()
    while ((await bytesFromClients(on.link)) === 0) await realClock.sleep(1)
    const problems = await atOnce(async (clock) => {
      const watch = await watchProxies([on.link], clock)
      await using _direct = await client(on.link.control)
      await talk(on.link.proxied, on.link, {
        context: on.context,
        signal: AbortSignal.timeout(60_000),
        timeoutMs: 30_000,
      })
      return await watch.bypassed(['worker-1->store'])
    })
    expect(problems).toHaveLength(1)
    expect(problems[0]).toContain('nobody was heard in its proxy beside our own looks (6 bytes)')
    await using after = await client(on.link.proxied)
    expect(after.bytesRead).toBeGreaterThan(0)
  })

  it('has nothing to prove where its client never ran, and has as soon as it did', async () => {
    await using on = await linkFixture()
    await using engine = await fakeEngine()
    engine.state.running = false
    const watch = await watchProxies([on.link, engine.target()], realClock)
    expect(await watch.bypassed(['worker-1->store'])).toEqual([])

    const late = await atOnce(async (clock) => {
      const then = await watchProxies([on.link, engine.target()], clock)
      Object.assign(engine.state, { startedAt: '2026-01-03T00:00:00.000000001Z' })
      return await then.bypassed(['worker-1->store'])
    })
    expect(late).toEqual([expect.stringContaining('nobody was heard in its proxy')])
  })

  it('is not said to be passed by where its proxy could not be asked', async () => {
    await using on = await linkFixture()
    const watch = await watchProxies([{ ...on.link, toxiproxyUrl: 'http://127.0.0.1:1' }], realClock)
    const [problem] = await watch.bypassed(['worker-1->store'])
    expect(problem).toContain('its proxy could not be asked')
    expect(problem).not.toContain('another way')
  })

  it('is not asked about where no fault was on it', async () => {
    await using on = await linkFixture()
    const watch = await watchProxies([on.link], realClock)
    expect(await watch.bypassed([])).toEqual([])
    expect(await watch.bypassed(['api-1->broker'])).toEqual([])
  })

  it('counts from zero where its proxy was started anew', async () => {
    await using on = await linkFixture()
    on.toxiproxy.bytesFromClients = 1_000_000
    const watch = await watchProxies([on.link], realClock)
    on.toxiproxy.bytesFromClients = 7
    expect(await watch.bypassed(['worker-1->store'])).toEqual([])
  })
})
