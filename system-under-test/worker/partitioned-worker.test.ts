import { describe, expect, it } from 'vitest'
import { requestOf, type ServiceOptions, serviceInMemory } from '../api/service.fixture.ts'
import { orderQueues } from '../queue/partitions.ts'

const partitions = 4

/** Two workers on partitioned queues, and a store whose every second write takes ten times as long. */
function partitioned(options: ServiceOptions = {}) {
  let writes = 0
  const answerMs = (operation: string) => {
    if (operation !== 'write') return 0
    writes += 1
    return writes % 2 === 0 ? 10 : 100
  }
  const env = { PARTITIONS: String(partitions), ...options.env }
  const service = serviceInMemory({ ...options, env, storeHooks: { answerMs, ...options.storeHooks } })
  const stored = () => service.store.orders().map(({ orderId }) => orderId)
  const waiting = () => orderQueues(partitions).flatMap((queue) => service.broker.messages(queue))
  return { ...service, stored, waiting }
}

const orderOf = (customer: string) => ({ customer, items: [{ sku: 'a', quantity: 1 }] })

/** Orders of each customer in turn: a-0, b-0, a-1, b-1, …; each is accepted before the next one is sent. */
async function submitInTurn(
  { api, answerAfter }: Pick<ReturnType<typeof partitioned>, 'api' | 'answerAfter'>,
  customers: readonly string[],
  rounds: number,
) {
  const { submit } = api()
  await answerAfter(10, Promise.resolve())
  const ids = Array.from({ length: rounds }, (_, n) => customers.map((customer) => [customer, n] as const))
  for (const [customer, n] of ids.flat()) {
    const answer = await answerAfter(1, submit(requestOf(`${customer}-${n}`, { order: orderOf(customer) })))
    expect(answer?.status).toBe(202)
  }
}

const ofCustomer = (ids: readonly string[], customer: string) =>
  ids.filter((id) => id.startsWith(`${customer}-`))
const inOrder = (customer: string, rounds: number) =>
  Array.from({ length: rounds }, (_, n) => `${customer}-${n}`)

const customers = ['ada', 'bob', 'cyd', 'dan', 'eve']

describe('workers of a partitioned queue', () => {
  it('carry out the orders of one customer in the order in which they were accepted', async () => {
    const service = partitioned()
    await submitInTurn(service, customers, 6)
    service.worker('worker-1')
    service.worker('worker-2')
    await service.clock.advance(5_000)
    expect(service.stored()).toHaveLength(30)
    for (const customer of customers) {
      expect(ofCustomer(service.stored(), customer)).toEqual(inOrder(customer, 6))
    }
  })

  it('carry out those of different customers side by side', async () => {
    const service = partitioned({
      storeHooks: { answerMs: (operation) => (operation === 'write' ? 100 : 0) },
    })
    await submitInTurn(service, customers, 2)
    service.worker()
    await service.clock.advance(120)
    expect(service.stored().toSorted()).toEqual(customers.map((customer) => `${customer}-0`))
  })

  it('go on in order after the death of the one that had them', async () => {
    const service = partitioned()
    await submitInTurn(service, customers, 6)
    service.worker('worker-1')
    await service.clock.advance(120)
    expect(service.stored().length).toBeGreaterThan(0)
    expect(service.waiting().length).toBeGreaterThan(0)
    service.worker('worker-2')
    await service.clock.advance(120)
    service.broker.cut((name) => name === 'worker-1')
    await service.clock.advance(10_000)
    expect(service.waiting()).toEqual([])
    for (const customer of customers) {
      expect(ofCustomer(service.stored(), customer)).toEqual(inOrder(customer, 6))
    }
  })

  it('keep what they hold, and its place, while the store is away', async () => {
    let isAway = true
    const service = partitioned({
      // Seven of each queue: more than that wait where two customers share one.
      env: { PREFETCH: '28', API_REPLICAS: '1' },
      storeHooks: { fate: () => (isAway ? 'away' : 'answered') },
    })
    await submitInTurn(service, customers, 6)
    service.worker('worker-1')
    service.worker('worker-2')
    await service.clock.advance(10_000)
    expect(service.stored()).toEqual([])
    isAway = false
    await service.clock.advance(20_000)
    for (const customer of customers) {
      expect(ofCustomer(service.stored(), customer)).toEqual(inOrder(customer, 6))
    }
  })

  it('finish what they have begun when they are asked to stop, and give back the rest in order', async () => {
    const service = partitioned()
    await submitInTurn(service, customers, 6)
    const first = service.worker('worker-1')
    await service.clock.advance(50)
    expect(
      await service.answerAfter(
        10_000,
        first.stop().then(() => 'stopped'),
      ),
    ).toBe('stopped')
    const before = service.stored().length
    service.worker('worker-2')
    await service.clock.advance(5_000)
    expect(service.stored()).toHaveLength(30)
    expect(before).toBeGreaterThan(0)
    for (const customer of customers) {
      expect(ofCustomer(service.stored(), customer)).toEqual(inOrder(customer, 6))
    }
  })
})
