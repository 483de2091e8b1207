import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { orderRoutes } from '../queue/partitions.ts'
import { deadLetterQueue, deadLetterTarget } from '../queue/queue-layout.ts'
import { brokerControl } from './broker-control.ts'
import { BrokerManagement } from './broker-management.ts'

type Json = Record<string, unknown>

/** The management API of a broker that has these queues, bound, as far as a control of it asks. */
async function brokerWith(partitions: number) {
  const { layout, queues: orders } = orderRoutes({ queueLengthMax: 100, partitions })
  const queues = new Map<string, Json>(layout.queues.map(({ name }) => [name, {}]))
  const bindings = new Set(
    layout.bindings.map(({ exchange, queue, routingKey }) => `${exchange} ${queue} ${routingKey}`),
  )
  const policies = new Map<string, Json>()

  const answers: Readonly<Record<string, (names: readonly string[], method: string, body: Json) => unknown>> =
    {
      queues([name = ''], method, body) {
        if (method === 'PUT') queues.set(name, body.arguments as Json)
        if (method === 'DELETE') {
          queues.delete(name)
          for (const each of bindings) if (each.split(' ')[1] === name) bindings.delete(each)
        }
        return queues.get(name)
      },
      bindings([, exchange, , queue, key], method, body) {
        if (method === 'POST') bindings.add(`${exchange} ${queue} ${body.routing_key}`)
        if (method === 'DELETE') bindings.delete(`${exchange} ${queue} ${key}`)
        const known = [...bindings].filter((each) => each.startsWith(`${exchange} ${queue} `))
        return known.map((each) => ({ properties_key: each.split(' ')[2] }))
      },
      policies([name = ''], method, body) {
        if (method === 'PUT') policies.set(name, body)
        if (method === 'DELETE') policies.delete(name)
        return [...policies.keys()].map((each) => ({ name: each }))
      },
    }
  const server = createServer(async (request, response) => {
    const [, , kind = '', , ...names] = decodeURIComponent(request.url ?? '').split('/')
    const method = request.method ?? ''
    const body = ['PUT', 'POST'].includes(method) ? ((await json(request)) as Json) : {}
    const answer = kind in answers ? answers[kind]?.(names, method, body) : []
    response.writeHead(answer === undefined ? 404 : 200).end(JSON.stringify(answer))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const management = new BrokerManagement((server.address() as AddressInfo).port, 'run-1')
  const control = brokerControl(undefined as never, management, {
    orders: layout.bindings.filter(({ queue }) => orders.includes(queue)),
    dead: { queue: deadLetterQueue, ...deadLetterTarget },
  })
  /** Each queue counts so many. */
  const countEach = (published: number, ready: number) => {
    for (const name of orders)
      queues.set(name, { messages_ready: ready, message_stats: { publish: published } })
  }
  return {
    control,
    queues,
    bindings,
    policies,
    countEach,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
}

describe.each([1, 3])("a broker's own tools, with %i queue(s) of orders", (partitions) => {
  const names = orderRoutes({ queueLengthMax: 1, partitions }).queues

  it('take the binding of every one, leave the dead letters theirs, and give all back', async () => {
    await using broker = await brokerWith(partitions)
    const before = [...broker.bindings].toSorted()
    await broker.control.removeBinding()
    expect([...broker.bindings]).toEqual(['orders.dead orders.dead dead'])
    expect(await broker.control.facts()).toMatchObject({ queueExists: true, bindingExists: false })
    await broker.control.removeDeadLetterBinding()
    await broker.control.restoreTopology()
    expect([...broker.bindings].toSorted()).toEqual(before)
    expect(await broker.control.facts()).toMatchObject({ bindingExists: true })
  })

  it('delete every one, and bind none that nobody has declared again', async () => {
    await using broker = await brokerWith(partitions)
    await broker.control.deleteQueue()
    expect([...broker.queues.keys()]).toEqual([deadLetterQueue])
    expect(await broker.control.facts()).toMatchObject({ queueExists: false, bindingExists: false })
    await broker.control.restoreTopology()
    expect([...broker.bindings]).toEqual(['orders.dead orders.dead dead'])
  })

  it('count all of them together', async () => {
    await using broker = await brokerWith(partitions)
    broker.countEach(70, 5)
    expect(await broker.control.facts()).toMatchObject({ published: 70 * partitions, ready: 5 * partitions })
  })

  it('limit every one to its share, and no queue of another name', async () => {
    await using broker = await brokerWith(partitions)
    await broker.control.limitQueueLength(100)
    const [policy] = [...broker.policies.values()]
    expect(policy?.definition).toMatchObject({ 'max-length': Math.ceil(100 / partitions) })
    const pattern = new RegExp(policy?.pattern as string)
    const others = [deadLetterQueue, 'orders.10', 'ordersX0', 'my-orders']
    expect([...names, ...others].filter((name) => pattern.test(name))).toEqual(names)
  })

  it('deliver a copy of each message into the queue that has the message, until it is to be delivered once', async () => {
    await using broker = await brokerWith(partitions)
    const before = broker.queues.size
    await broker.control.doubleDeliveries(300)
    const copies = [...broker.queues].slice(before)
    expect(copies.map(([, args]) => args['x-dead-letter-routing-key'])).toEqual(names)
    for (const [name, args] of copies) {
      const keyOf = (queue: unknown) =>
        [...broker.bindings].find((each) => each.includes(` ${queue} `))?.split(' ')[2]
      expect(keyOf(name)).toBe(keyOf(args['x-dead-letter-routing-key']))
    }
    expect(await broker.control.facts()).toMatchObject({ copiesDelivered: 0 })
    await broker.control.deliverOnce()
    expect(broker.queues.size).toBe(before)
    expect((await broker.control.facts()).copiesDelivered).toBeUndefined()
  })
})

it('a queue of which one partition is gone is gone, and one of which one is bound is bound', async () => {
  await using broker = await brokerWith(3)
  broker.queues.delete('orders.1')
  expect((await broker.control.facts()).queueExists).toBe(false)
  broker.bindings.delete('orders orders.0 order.0')
  expect((await broker.control.facts()).bindingExists).toBe(true)
})
