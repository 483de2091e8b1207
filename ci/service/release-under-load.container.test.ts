import { describe, expect, it } from 'vitest'
import { realClock } from '../../chaos/kernel/clock.ts'
import { waitUntil } from '../../chaos/kernel/wait-until.ts'
import { metricsOf } from '../../system-under-test/topology/observe.ts'
import { readStore } from '../../system-under-test/topology/read-store.ts'
import { type } from '../commands/io.fixture.ts'
import { addServiceCommand } from '../commands/service.ts'

/** The addresses that `seawall service --json` prints. */
type Addresses = Readonly<Record<'api-1' | 'api-2' | 'store' | 'release', string>>

const deadlineMs = 120_000
const wait = (what: string) => ({ clock: realClock, what, deadlineMs })

/** `seawall service`, as it is typed, until the end of the block. */
async function service() {
  const over = new AbortController()
  const { promise, resolve, reject } = Promise.withResolvers<Addresses>()
  const env = { ...process.env, LOG_LEVEL: 'error' }
  const ended = type(addServiceCommand, ['service', '--json'], {
    env,
    signal: over.signal,
    see: (line) => resolve(JSON.parse(line)),
  })
  ended.catch(reject)
  const stop = async () => {
    over.abort()
    await ended
  }
  return { addresses: await promise, [Symbol.asyncDispose]: stop }
}

/** So many clients that ask each API in turn, with the same key until it is accepted, until they are told to stop. */
function clients(apis: readonly string[], count: number) {
  const accepted: string[] = []
  const over = new AbortController()
  let going = true
  const submit = async (id: string, first: number) => {
    for (let attempt = first; !over.signal.aborted; attempt += 1) {
      const answer = await fetch(`${apis[attempt % apis.length]}/orders`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': id },
        body: JSON.stringify({ customer: id, items: [{ sku: 'a', quantity: 1 }] }),
      }).catch(() => undefined)
      await answer?.body?.cancel()
      if (answer?.status === 202) return accepted.push(id)
      await realClock.sleep(50)
    }
  }
  const client = async (name: number) => {
    for (let n = 0; going; n += 1) await submit(`client-${name}-${n}`, n)
  }
  const all = Promise.all(Array.from({ length: count }, (_, name) => client(name)))
  const stop = async () => {
    going = false
    await all
  }
  return {
    accepted,
    /** When each of them has its answer. */
    stop,
    [Symbol.asyncDispose]: () => {
      over.abort()
      return stop()
    },
  }
}

/** What an API says of itself: what it lets in at once, and how many orders it has accepted since its start. */
async function factsOf(api: string) {
  const samples = (await metricsOf({ name: api, port: Number(new URL(api).port) })) ?? []
  const value = (metric: string) => samples.find(({ name }) => name === metric)?.value ?? 0
  return { limit: value('admission_limit'), accepted: value('orders_accepted_total') }
}

/** The identities of its effects, for each order that the store has. */
async function stored({ store }: Addresses): Promise<ReadonlyMap<string, readonly string[]>> {
  const found = new Map<string, readonly string[]>()
  const place = { port: Number(store.split(':')[1]), keyspace: 'orders', inOrder: false }
  await readStore(place, 0, (line) => {
    if (line.kind === 'read') found.set(line.id, [...(found.get(line.id) ?? []), ...(line.effects ?? [])])
  })
  return found
}

describe('a release to a service that runs, as both are typed', () => {
  it('replaces every replica under load, takes back one that does not start, and loses and doubles nothing', async () => {
    await using running = await service()
    const { addresses } = running
    const apis = [addresses['api-1'], addresses['api-2']]
    await using load = clients(apis, 8)
    const release = (setting: string) =>
      type(addServiceCommand, [
        ...['service', 'release', '--at', addresses.release],
        ...['--strategy', 'rolling', '--set', setting, '--json'],
      ])
    const isNew = async () =>
      (await Promise.all(apis.map(factsOf))).every(({ limit, accepted }) => limit === 16 && accepted > 0)

    const good = await release('IN_FLIGHT_MAX=16')
    expect([JSON.parse(good.out), good.exitCode]).toEqual([{ kind: 'released' }, 0])
    await waitUntil(isNew, wait('orders that each API of the new version accepts'))

    const bad = await release('PREFETCH=0')
    expect([JSON.parse(bad.out), bad.exitCode]).toEqual([
      { kind: 'rolled back', reason: 'worker-1 ended with 64 before it was ready' },
      1,
    ])
    expect(await isNew()).toBe(true)

    await load.stop()
    const { accepted } = load
    const effects = await waitUntil(async () => {
      const found = await stored(addresses)
      return found.size >= accepted.length && found
    }, wait('every accepted order to be carried out'))
    const once = accepted.map((id) => [id, 1])
    expect(accepted.map((id) => [id, effects.get(id)?.length])).toEqual(once)
    expect(effects.size).toBe(accepted.length)
  })
})
