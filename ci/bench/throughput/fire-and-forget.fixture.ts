import { connect } from 'amqplib'
import Fastify from 'fastify'
import { checkRequest } from '../../../system-under-test/api/check-request.ts'
import { gatherWrites } from '../../../system-under-test/queue/gather-writes.ts'
import { readSettings } from '../../../system-under-test/settings.ts'

// What most services do at first: looked at as the service looks at it, and then into a classic queue, not persistent,
// answered as soon as it is handed over. The queue is short and forgets its oldest, so that nothing fills up.
const { host, port, vhost } = readSettings(process.env).broker
const connection = await gatherWrites(() => connect({ hostname: host, port, vhost }, { noDelay: true }))
const channel = await connection.createChannel()
const queue = 'forgotten'
await channel.assertQueue(queue, {
  durable: false,
  arguments: { 'x-queue-type': 'classic', 'x-max-length': 10_000, 'x-overflow': 'drop-head' },
})
const http = Fastify({ logger: false })
http.removeAllContentTypeParsers()
http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
http.post('/orders', async (request, reply) => {
  const body = request.body as Buffer
  const contentType = request.headers['content-type']
  const idempotencyKey = String(request.headers['idempotency-key'])
  const checked = checkRequest({ idempotencyKey, contentType, body, criticality: 'high' })
  if (checked.kind === 'bad') return reply.code(checked.answer.status).send(checked.answer.body)
  const { orderId, digest } = checked.checked
  const headers = { 'x-order-id': orderId, 'x-digest': digest }
  channel.publish('', queue, body, { contentType: 'application/json', headers })
  return reply.code(202).header('location', `/orders/${orderId}`).send({ orderId, status: 'accepted' })
})
await http.listen({ host: '0.0.0.0', port: 8080 })
