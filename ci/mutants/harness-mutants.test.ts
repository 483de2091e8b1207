import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { judge } from '../../chaos/checkers/judge.ts'
import type { SeawallResult } from '../../chaos/checkers/result.ts'
import { linkFixture } from '../../chaos/faults/link.fixture.ts'
import { watchProxies } from '../../chaos/faults/proxy-traffic.ts'
import { history } from '../../chaos/history/build-history.ts'
import type { TimedLine } from '../../chaos/history/line.ts'
import { realClock } from '../../chaos/kernel/clock.ts'
import { mutatedModule } from '../../chaos/mutants/mutated.fixture.ts'
import { digestOf } from '../../system-under-test/orders/digest.ts'
import type * as FixedAddress from '../../system-under-test/store/fixed-address.ts'
import type * as ReadStore from '../../system-under-test/topology/read-store.ts'
import type * as Tenant from '../../system-under-test/topology/tenant.ts'

/** A copy, a patch and a bundle for each: seconds on a busy machine. */
const timeoutMs = 120_000
const folders = ['chaos', 'system-under-test']
const topology = 'system-under-test/topology'

const payload = '{"sku":"tea"}'
const digest = digestOf(payload)

/** What was read of a store, judged for a run that had these orders acknowledged. */
function judged(acknowledged: readonly string[], read: readonly TimedLine[]): SeawallResult {
  const run = history()
  for (const id of acknowledged) run.submit(id, { digest }).ok()
  return judge([...run, ...read])
}

describe('a client of the store that is told where its nodes are', () => {
  /** What the run's watch over the proxies says when a client has asked its driver where to go. */
  async function problems(mutant: string | undefined, clock = realClock): Promise<readonly string[]> {
    const { fixedAddress } = await mutatedModule<typeof FixedAddress>(
      mutant,
      'system-under-test/store/fixed-address.ts',
      folders,
    )
    await using fixture = await linkFixture()
    const { proxied, control, name } = fixture.link
    const watch = await watchProxies([fixture.link], clock)
    const { translator } = fixedAddress(proxied.host, proxied.port)
    const told = await new Promise<string>((resolve) => {
      translator.translate(control.host, control.port, resolve)
    })
    await using socket = connect(Number(told.split(':')[1]), '127.0.0.1')
    socket.write('hello\n')
    await once(socket, 'data')
    return await watch.bypassed([name])
  }

  it(
    'H12: is heard in the proxy that stands in its way',
    async () => {
      expect(await problems(undefined)).toEqual([])
      const hurried = { ...realClock, nowMs: () => 20 * realClock.nowMs() }
      const said = await problems('H12-proxy-bypassed', hurried)
      expect(said).toEqual([expect.stringContaining('its client has another way')])
    },
    timeoutMs,
  )
})

describe('a second run on a store that was kept', () => {
  /** Twenty orders, and then ten, of which the service loses one. Whoever reads sees what is in the run's own place. */
  async function secondRun(mutant: string | undefined): Promise<[SeawallResult, string]> {
    const { ledgerPrefixOf, tenantOf } = await mutatedModule<typeof Tenant>(
      mutant,
      `${topology}/tenant.ts`,
      folders,
    )
    const kept = new Map<string, Set<string>>()
    const play = (runId: string, orders: number, lost: number | undefined) => {
      const ids = Array.from({ length: orders }, (_, number) => `${ledgerPrefixOf(runId)}${number}`)
      const { keyspace } = tenantOf(runId)
      const stored = kept.get(keyspace) ?? new Set()
      kept.set(keyspace, stored)
      for (const [number, id] of ids.entries()) if (number !== lost) stored.add(id)
      const reads = [...stored].map((id) => ({ place: 'store' as const, id, digest, effects: ['e'] }))
      const read = [
        ...reads.map((line) => ({ kind: 'read' as const, timeMs: 1, ...line })),
        { kind: 'read-complete' as const, timeMs: 1, place: 'store' as const, count: reads.length },
      ]
      return judged(ids, read)
    }
    play('2026-11-24T06-30-00Z-1', 20, undefined)
    return [play('2026-11-24T06-31-00Z-2', 10, 4), `${ledgerPrefixOf('2026-11-24T06-31-00Z-2')}4`]
  }

  it(
    'H13: finds nothing of the first, and misses what it lost itself',
    async () => {
      const [right, lost] = await secondRun(undefined)
      expect(right).toMatchObject({ verdict: 'fail', examples: { lost: [lost] } })
      expect(Object.keys(right.examples)).toEqual(['lost'])
      const [wrong] = await secondRun('H13-ids-used-again')
      expect(wrong).toMatchObject({ verdict: 'fail', counts: { phantom: 10, lost: 0 } })
    },
    timeoutMs,
  )
})

describe('a final read while one of three replicas is behind', () => {
  const ids = ['o-1', 'o-2', 'o-3']
  /** The replica that is asked first has not heard of the last order; a quorum has. */
  const replicas = [ids.slice(0, 2), ids, ids]

  async function finalRead(mutant: string | undefined): Promise<SeawallResult> {
    const { readOrders } = await mutatedModule<typeof ReadStore>(mutant, `${topology}/read-store.ts`, folders)
    const lines: TimedLine[] = []
    let ranges = 0
    const stream = (_query: string, _bounds: unknown, options: { consistency: number }) => {
      const asked = replicas.slice(0, { 1: 1, 4: 2 }[options.consistency])
      const found = ranges++ === 0 ? [...new Set(asked.flat())] : []
      return found.map((id) => ({
        get: (column: string) => ({ order_id: id, payload, effect_id: `effect of ${id}` })[column],
      }))
    }
    const client = { stream } as unknown as ReadStore.OrderRows
    await readOrders(client, { keyspace: 'orders' }, 1, (line) => lines.push(line))
    return judged(ids, lines)
  }

  it(
    'H14: sees what a quorum has stored',
    async () => {
      expect(await finalRead(undefined)).toMatchObject({ verdict: 'pass', counts: { stored: 3 } })
      const wrong = await finalRead('H14-final-read-at-one')
      expect(wrong).toMatchObject({ verdict: 'fail', examples: { lost: ['o-3'] } })
    },
    timeoutMs,
  )
})

describe('the list of bugs in the harness', () => {
  const folder = resolve(import.meta.dirname, '../../chaos/mutants')

  it('is complete from H01 on, and each says what it stands for and how it shows', async () => {
    const diffs = (await readdir(folder)).filter((name) => name.endsWith('.diff')).sort()
    const ids = diffs.map((name) => name.slice(0, 3))
    expect(ids).toEqual(ids.map((_, at) => `H${String(at + 1).padStart(2, '0')}`))
    expect(ids.length).toBeGreaterThanOrEqual(14)
    for (const name of diffs) {
      const text = await readFile(join(folder, name), 'utf8')
      for (const field of ['Id', 'Title', 'Stands-for', 'Trigger', 'Class'])
        expect(text, name).toMatch(new RegExp(`^${field}: \\S`, 'm'))
    }
  })

  it('has a test for each', async () => {
    const tests = [join(import.meta.dirname, 'harness-mutants.test.ts')]
    for (const name of await readdir(folder)) if (name.endsWith('.test.ts')) tests.push(join(folder, name))
    const text = (await Promise.all(tests.map((file) => readFile(file, 'utf8')))).join('')
    const diffs = (await readdir(folder)).filter((name) => name.endsWith('.diff'))
    expect(diffs.filter((name) => !text.includes(`'${name.slice(0, -'.diff'.length)}'`))).toEqual([])
  })
})
