import { connect } from 'amqplib'
import { gatherWrites } from '../../../system-under-test/queue/gather-writes.ts'
import { readSettings } from '../../../system-under-test/settings.ts'
import { measureWhenAsked, type Once } from './closed-loop.ts'
import { freshKey, orderText } from './order.ts'

// What a confirm alone costs: one channel, a quorum queue, persistent messages, and nobody who reads them.
// It sends as the service does.
const { host, port, vhost } = readSettings(process.env).broker
const connection = await gatherWrites(() => connect({ hostname: host, port, vhost }, { noDelay: true }))
const channel = await connection.createConfirmChannel()
const queue = 'orders'
await channel.assertQueue(queue, { durable: true, arguments: { 'x-queue-type': 'quorum' } })
const body = Buffer.from(orderText())

const publish: Once = () =>
  new Promise((resolve, reject) => {
    const options = { persistent: true, mandatory: true, headers: { 'x-order-id': freshKey() } }
    channel.publish('', queue, body, options, (error) => (error ? reject(error) : resolve()))
  })

measureWhenAsked(async ({ clients }) => ({
  works: Array.from({ length: clients }, () => publish),
  close: () => {},
}))
