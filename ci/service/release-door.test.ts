import { afterEach, describe, expect, it } from 'vitest'
import { type } from '../commands/io.fixture.ts'
import { addServiceCommand } from '../commands/service.ts'
import { openReleaseDoor, type PlayRelease, type ReleaseDoor, type ReleaseOrder } from './release-door.ts'

const doors: ReleaseDoor[] = []
afterEach(async () => {
  for (const door of doors.splice(0)) await door[Symbol.asyncDispose]()
})

async function doorTo(play: PlayRelease): Promise<ReleaseDoor> {
  const door = await openReleaseDoor(play)
  doors.push(door)
  return door
}

const release = (...words: string[]) => type(addServiceCommand, ['service', 'release', ...words])
const ask = (url: string, body: unknown, headers: Record<string, string> = { 'x-seawall-release': '1' }) =>
  fetch(`${url}/release`, { method: 'POST', headers, body: JSON.stringify(body) })

describe('`service release`', () => {
  it('hands the new version to the service, tells what happens, and says how it ended', async () => {
    const orders: ReleaseOrder[] = []
    const door = await doorTo(async (order, tell) => {
      orders.push(order)
      tell('api-1 runs the new version')
      return { kind: 'released' }
    })
    const typed = await release('--at', door.url, '--set', 'PREFETCH=8', '--set', 'LOG_LEVEL=warn')
    expect(orders).toEqual([{ strategy: 'canary', settings: { PREFETCH: '8', LOG_LEVEL: 'warn' } }])
    expect(typed).toMatchObject({ exitCode: 0, err: 'api-1 runs the new version\n' })
    expect(typed.out).toContain('every replica runs the new version')
  })

  it('exits with 1 when the version was taken back, and with 2 when not even that worked', async () => {
    const taken = await doorTo(async () => ({ kind: 'rolled back', reason: 'the canary is worse' }))
    expect(await release('--at', taken.url, '--set', 'A=1', '--json')).toEqual({
      out: '{"kind":"rolled back","reason":"the canary is worse"}\n',
      err: '',
      exitCode: 1,
    })
    const stuck = await doorTo(async () => ({ kind: 'stuck', reason: 'worse', slots: ['api-1'] }))
    expect((await release('--at', stuck.url, '--set', 'A=1')).exitCode).toBe(2)
  })

  it('refuses what makes no sense, all problems at once', async () => {
    const words = ['--at', 'http://elsewhere', '--strategy', 'hope', '--set', 'prefetch=1']
    await expect(release(...words)).rejects.toThrow(/--at[\s\S]*--strategy[\s\S]*--set/)
    await expect(release('--at', 'http://127.0.0.1:1')).rejects.toThrow('nothing would change')
  })

  it('says when nobody is there', async () => {
    const door = await openReleaseDoor(async () => ({ kind: 'released' }))
    await door[Symbol.asyncDispose]()
    await expect(release('--at', door.url, '--set', 'A=1')).rejects.toThrow('HARNESS_TARGET_UNREACHABLE')
  })
})

describe('the release door', () => {
  it('does one release at a time, and takes one back whose caller has left', async () => {
    const aborted: unknown[] = []
    const door = await doorTo(
      (_order, tell, signal) =>
        new Promise((resolve) => {
          tell('begun')
          signal.addEventListener('abort', () => {
            aborted.push(signal.reason)
            resolve({ kind: 'rolled back', reason: String(signal.reason) })
          })
        }),
    )
    const order = { strategy: 'rolling', settings: { A: '1' } }
    const leaving = new AbortController()
    const first = await fetch(`${door.url}/release`, {
      method: 'POST',
      headers: { 'x-seawall-release': '1' },
      body: JSON.stringify(order),
      signal: leaving.signal,
    })
    expect((await ask(door.url, order)).status).toBe(409)
    leaving.abort()
    await first.text().catch(() => undefined)
    await expect.poll(() => String(aborted[0])).toContain('has left')
  })

  it('opens to nobody who does not mean it, and to no order that it does not know', async () => {
    const door = await doorTo(async () => ({ kind: 'released' }))
    const order = { strategy: 'rolling', settings: {} }
    expect((await ask(door.url, order, {})).status).toBe(400)
    expect((await ask(door.url, { ...order, strategy: 'hope' })).status).toBe(400)
    expect((await ask(door.url, { ...order, more: 1 })).status).toBe(400)
    expect((await ask(door.url, order)).status).toBe(200)
  })
})
