import { describe, expect, it } from 'vitest'
import { requestOf, serviceInMemory } from '../api/service.fixture.ts'
import { createConfirmingPublisher } from '../queue/confirming-publisher.ts'
import { orderRoutes } from '../queue/partitions.ts'
import { deadLetterQueue, ordersQueue } from '../queue/queue-layout.ts'
import { silentLog } from '../telemetry/log.ts'
import { type RedriveOptions, redrive } from './redrive.ts'

const orderWith = (sku: string) => ({ customer: 'c1', items: [{ sku, quantity: 1 }] })

/** A service whose dead letters are these orders: poison, all of them. */
async function withDeadLetters(ids: readonly string[], sku = 'poison') {
  const service = serviceInMemory()
  const { clock, broker } = service
  const api = service.api()
  const worker = service.worker()
  await clock.advance(0)
  for (const id of ids) api.submit(requestOf(id, { order: orderWith(sku) }))
  await clock.advance(100)
  const routes = orderRoutes({ queueLengthMax: 50_000, partitions: 1 })
  const publisher = createConfirmingPublisher({
    broker,
    routes,
    name: 'redrive publisher',
    clock,
    random: { next: () => 0.5 },
    log: silentLog,
    reconnectMsMax: 100,
  })
  await clock.advance(0)
  const base = {
    broker,
    layout: routes.layout,
    publisher,
    clock,
    filter: {},
    perSecond: 100,
    countMax: 1_000,
    dryRun: false,
  }
  const run = async (options: Partial<RedriveOptions> = {}, ms = 60_000) =>
    service.answerAfter(ms, redrive({ ...base, ...options }))
  const idsIn = (queue: string) => broker.messages(queue).map(({ headers }) => headers['x-order-id'])
  return { ...service, worker, run, dead: () => idsIn(deadLetterQueue), queued: () => idsIn(ordersQueue) }
}

describe('a redrive', () => {
  it('only tells, in a dry run, and leaves everything where it was', async () => {
    const { run, dead } = await withDeadLetters(['a', 'b'])
    expect(await run({ dryRun: true })).toEqual({
      seen: 2,
      matched: 2,
      ends: { 'would be redriven': 2 },
      reasons: { poison: 2 },
    })
    expect(dead()).toEqual(['a', 'b'])
  })

  it('can be tried dry a hundred times without losing a letter', async () => {
    const { run, dead } = await withDeadLetters(['a'])
    for (let n = 0; n < 100; n += 1) await run({ dryRun: true }, 2_000)
    expect(dead()).toEqual(['a'])
  })

  it('sends orders again, and each once though it comes back at once', async () => {
    const { run, dead } = await withDeadLetters(['a', 'b'])
    expect(await run()).toMatchObject({ ends: { redriven: 2 } })
    expect([...dead()].sort()).toEqual(['a', 'b'])
  })

  it('sends only what is asked for', async () => {
    const { run, worker, clock, dead, queued } = await withDeadLetters(['a-1', 'b-1', 'a-2'])
    const stopped = worker.stop()
    await clock.advance(5_000)
    await stopped
    const report = await run({ filter: { idPrefix: 'a-', reason: 'poison' } })
    expect(report).toMatchObject({ seen: 3, matched: 2, ends: { redriven: 2 } })
    expect([dead(), queued()]).toEqual([['b-1'], ['a-1', 'a-2']])
    expect(await run({ filter: { reason: 'conflict' } })).toMatchObject({ matched: 0 })
    expect(await run({ filter: { beforeMs: 0 } })).toMatchObject({ matched: 0 })
  })

  it('goes no faster than it may', async () => {
    const ids = Array.from({ length: 10 }, (_, n) => `a${n}`)
    const { run, worker, clock, queued } = await withDeadLetters(ids)
    const stopped = worker.stop()
    await clock.advance(5_000)
    await stopped
    run({ perSecond: 2 }, 0)
    await clock.advance(2_100)
    expect(queued().length).toBeGreaterThanOrEqual(4)
    expect(queued().length).toBeLessThanOrEqual(6)
  })

  it('keeps what it could not publish', async () => {
    const { run, broker, clock, dead } = await withDeadLetters(['a'])
    broker.block('disk')
    await clock.advance(0)
    expect(await run()).toMatchObject({ ends: { kept: 1 } })
    expect(dead()).toEqual(['a'])
  })
})
