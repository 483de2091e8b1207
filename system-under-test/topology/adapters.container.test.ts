import { afterAll, beforeAll, describe } from 'vitest'
import { imageTag } from '../../ci/setup/image-tag.ts'
import { realClock } from '../clock.ts'
import { describeBroker } from '../queue/broker.contract.ts'
import { rabbitmqBroker } from '../queue/rabbitmq-broker.ts'
import { readSettings } from '../settings.ts'
import { cassandraStore } from '../store/cassandra-store.ts'
import { describeOrderStore } from '../store/order-store.contract.ts'
import type { OrderStore } from '../store/order-store.ts'
import { silentLog } from '../telemetry/log.ts'
import { type Infrastructure, startInfrastructure } from './infrastructure.ts'
import { storeClient } from './store-client.ts'

/** The real adapters on the real parts, held to the same suites of facts as the in-memory ones. */
describe('the real adapters', () => {
  let infrastructure: Infrastructure
  let store: OrderStore

  beforeAll(async () => {
    const runId = `adapters-${process.pid}`
    infrastructure = await startInfrastructure({
      runId,
      labels: { 'seawall.run': runId },
      images: {
        rabbitmq: process.env.SEAWALL_IMAGE_RABBITMQ ?? imageTag('rabbitmq'),
        cassandra: process.env.SEAWALL_IMAGE_CASSANDRA ?? imageTag('cassandra'),
      },
    })
    store = await connectedStore(infrastructure.store.port)
  })

  afterAll(async () => {
    await store?.close()
    await infrastructure?.[Symbol.asyncDispose]()
  })

  describeBroker('RabbitMQ', () =>
    rabbitmqBroker({
      address: { ...readSettings({}).broker, host: '127.0.0.1', port: infrastructure.broker.amqpPort },
      connectTimeoutMs: 5_000,
    }),
  )
  describeOrderStore(
    'Cassandra',
    () => store,
    async (sku) => {
      const client = storeClient(infrastructure.store.port)
      try {
        const { rows } = await client.execute(
          'SELECT order_id, quantity, state FROM orders.stock WHERE sku = ?',
          [sku],
        )
        const held = rows.filter((row) => row.get('state') === 'held')
        return held.map((row) => ({ orderId: row.get('order_id'), quantity: row.get('quantity') }))
      } finally {
        await client.shutdown()
      }
    },
  )
})

async function connectedStore(port: number): Promise<OrderStore> {
  const store = cassandraStore({
    address: { ...readSettings({}).store, host: '127.0.0.1', port },
    timeoutMs: 10_000,
    lookUpTimeoutMs: 10_000,
    connectTimeoutMs: 5_000,
    reconnectMsMax: 500,
    keepsStock: true,
    clock: realClock,
    log: silentLog,
  })
  for (let looks = 0; looks < 600 && !(await store.ping()); looks += 1) await realClock.sleep(100)
  return store
}
