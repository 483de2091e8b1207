import { describe, expect, it } from 'vitest'
import { ordersQueue } from '../queue/queue-layout.ts'
import { order, requestOf, type ServiceOptions, serviceInMemory } from './service.fixture.ts'

const other = { ...order, customer: 'c2' }

async function ready(options: ServiceOptions = {}) {
  const service = serviceInMemory(options)
  const api = service.api()
  await service.clock.advance(0)
  const submit = (...given: Parameters<typeof requestOf>) => api.submit(requestOf(...given))
  const answer = async (ms: number, ...given: Parameters<typeof requestOf>) =>
    service.answerAfter(ms, submit(...given))
  return { ...service, submit, answer, queued: () => service.broker.messages(ordersQueue).length }
}

describe('an order', () => {
  it('is accepted after the confirm', async () => {
    const { answer, queued } = await ready()
    const { status, body, headers } = (await answer(0, 'a')) ?? {}
    expect({ status, body, headers }).toEqual({
      status: 202,
      body: { orderId: 'a', status: 'accepted' },
      headers: { location: '/orders/a' },
    })
    expect(queued()).toBe(1)
  })

  it('has no answer before the confirm', async () => {
    const { answer } = await ready({ brokerHooks: { confirmMs: () => 300 } })
    expect(await answer(299, 'a')).toBeUndefined()
  })

  it('is unsure, and never accepted, if the confirm is late', async () => {
    const { answer } = await ready({ brokerHooks: { losesConfirm: () => true } })
    expect(await answer(2_050, 'a')).toMatchObject({ status: 504, body: { error: 'unsure' } })
  })

  it('is refused with a word about it if nothing was published', async () => {
    const { broker, answer } = await ready()
    broker.stop()
    const { status, body, headers } = (await answer(0, 'a')) ?? {}
    expect({ status, body }).toEqual({ status: 503, body: { error: 'broker-away', published: false } })
    expect(Number(headers?.['retry-after'])).toBeGreaterThanOrEqual(1)
  })

  it('is refused when the queue is full', async () => {
    const { answer } = await ready({ env: { QUEUE_LENGTH_MAX: '1' } })
    await answer(0, 'a')
    expect(await answer(0, 'b')).toMatchObject({
      status: 503,
      body: { error: 'queue-full', published: false },
    })
  })

  it('is shed before it is published when too many are in flight', async () => {
    const { submit, answer, clock, queued } = await ready({
      env: { IN_FLIGHT_MAX: '8' },
      brokerHooks: { confirmMs: () => 100 },
    })
    const crowd = Array.from({ length: 8 }, (_, n) => submit(`a${n}`))
    await clock.advance(0)
    expect(await answer(0, 'late')).toMatchObject({
      status: 429,
      body: { error: 'overloaded', published: false },
    })
    await clock.advance(100)
    expect((await Promise.all(crowd)).every(({ status }) => status === 202)).toBe(true)
    expect(queued()).toBe(8)
  })

  it('is refused when its client has used up its share, and others are not', async () => {
    const { answer } = await ready({ env: { CLIENT_PER_SECOND: '1', CLIENT_BURST: '1' } })
    expect(await answer(0, 'a', { client: 'noisy' })).toMatchObject({ status: 202 })
    const shed = await answer(0, 'b', { client: 'noisy' })
    expect(shed).toMatchObject({ status: 429, body: { error: 'quota', published: false } })
    expect(await answer(0, 'c', { client: 'quiet' })).toMatchObject({ status: 202 })
    expect(await answer(0, 'd')).toMatchObject({ status: 202 })
  })

  it('is refused if its caller will not wait for it', async () => {
    const { answer, queued } = await ready({ storeHooks: { answerMs: () => 40 } })
    const impatient = await answer(200, 'a', { patienceMs: 30 })
    expect(impatient).toMatchObject({ status: 503, body: { error: 'too-late', published: false } })
    expect(queued()).toBe(0)
  })

  it('is told to come again later the longer the broker has been away', async () => {
    const { broker, answer, clock } = await ready()
    broker.stop()
    const told = async (id: string) => Number((await answer(0, id))?.headers['retry-after'])
    for (let n = 0; n < 12; n += 1) await told(`a${n}`)
    await clock.advance(8_000)
    for (let n = 0; n < 12; n += 1) expect(await told(`b${n}`)).toBeGreaterThanOrEqual(5)
  })

  it('costs an open breaker, not a wait, while the broker swallows everything', async () => {
    const { submit, answer, clock } = await ready({ brokerHooks: { losesConfirm: () => true } })
    for (let n = 0; n < 12; n += 1) submit(`a${n}`)
    await clock.advance(2_050)
    expect(await answer(0, 'b')).toMatchObject({ status: 503, body: { error: 'broker-away' } })
  })
})

describe('the same key again', () => {
  it('has the same answer and no second publish, from the replica that took it', async () => {
    const { answer, queued } = await ready()
    const first = await answer(0, 'a')
    expect(await answer(0, 'a')).toEqual(first)
    expect(queued()).toBe(1)
  })

  it('has the same answer from another replica, and after it was stored', async () => {
    const { answer, clock, answerAfter, store, ...service } = await ready()
    const first = await answer(0, 'a')
    service.worker()
    await clock.advance(10)
    const replica = service.api('api-2')
    await clock.advance(0)
    expect(await answerAfter(0, replica.submit(requestOf('a')))).toEqual(first)
    expect(store.orders()).toMatchObject([{ orderId: 'a', effects: { length: 1 } }])
  })

  it('shares one publish with those who ask at the same time', async () => {
    const { submit, clock, queued } = await ready({ brokerHooks: { confirmMs: () => 100 } })
    const all = [submit('a'), submit('a'), submit('a')]
    await clock.advance(100)
    expect((await Promise.all(all)).map(({ status }) => status)).toEqual([202, 202, 202])
    expect(queued()).toBe(1)
  })

  it('is a conflict with another payload, also while the first is on its way', async () => {
    const { submit, answer, clock, queued } = await ready({ brokerHooks: { confirmMs: () => 100 } })
    const first = submit('a')
    const second = submit('a', { order: other })
    await clock.advance(100)
    expect([(await first).status, (await second).status]).toEqual([202, 409])
    expect(await answer(0, 'a', { order: other })).toMatchObject({ status: 409, body: { published: false } })
    expect(queued()).toBe(1)
  })

  it('is a conflict at any replica once the first is stored', async () => {
    const { answer, clock, answerAfter, ...service } = await ready()
    await answer(0, 'a')
    service.worker()
    await clock.advance(10)
    const replica = service.api('api-2')
    await clock.advance(0)
    expect(await answerAfter(0, replica.submit(requestOf('a', { order: other })))).toMatchObject({
      status: 409,
    })
  })

  it('is published again if nobody knows what became of the first', async () => {
    let loses = true
    const { answer, queued } = await ready({ brokerHooks: { losesConfirm: () => loses } })
    await answer(2_050, 'a')
    loses = false
    expect(await answer(0, 'a')).toMatchObject({ status: 202 })
    expect(queued()).toBe(2)
  })

  it('is accepted though the store is away', async () => {
    const { answer } = await ready({ storeHooks: { fate: () => 'away' } })
    expect(await answer(0, 'a')).toMatchObject({ status: 202 })
  })

  it('waits for a slow store only so long', async () => {
    const { answer } = await ready({ storeHooks: { answerMs: () => 60_000 } })
    expect(await answer(49, 'a')).toBeUndefined()
    expect(await answer(50, 'b')).toMatchObject({ status: 202 })
  })
})

describe('a bad request', () => {
  it.each([
    ['no key', { idempotencyKey: undefined }, 400, 'bad-key'],
    ['a bad key', { idempotencyKey: 'a b' }, 400, 'bad-key'],
    ['another kind', { contentType: 'text/plain' }, 415, 'not-json-content-type'],
    ['no kind', { contentType: undefined }, 415, 'not-json-content-type'],
    ['too many bytes', { body: Buffer.alloc(1_048_577, 'x') }, 413, 'too-large'],
    ['broken UTF-8', { body: Buffer.from([0x22, 0xff, 0x22]) }, 400, 'not-utf8'],
    ['broken JSON', { body: Buffer.from('{"customer":') }, 400, 'not-json'],
    ['no body', { body: Buffer.alloc(0) }, 400, 'not-json'],
    ['something else', { order: { hello: 'world' } }, 422, 'not-an-order'],
  ])('with %s is refused at the door', async (_what, given, status, error) => {
    const { answer, queued } = await ready()
    expect(await answer(0, 'a', given)).toMatchObject({ status, body: { error, published: false } })
    expect(queued()).toBe(0)
  })

  it('does not open a breaker, however many come', async () => {
    const { answer } = await ready()
    for (let n = 0; n < 50; n += 1) await answer(0, 'a b')
    expect(await answer(0, 'a')).toMatchObject({ status: 202 })
  })

  it('is the same with a charset, or in capitals, and then it is none', async () => {
    const { answer } = await ready()
    expect(await answer(0, 'a', { contentType: 'Application/JSON; charset=utf-8' })).toMatchObject({
      status: 202,
    })
  })
})

describe('a payload', () => {
  it('arrives byte by byte, with its white space and its order of fields', async () => {
    const { answer, broker } = await ready()
    const text = '{ "note": "grüße 🌊",\n "items": [{"quantity": 1, "sku": "a"}], "customer": "c" }'
    await answer(0, 'a', { body: Buffer.from(text) })
    expect(Buffer.from(broker.messages(ordersQueue)[0]?.body ?? []).toString()).toBe(text)
  })
})
