import { connect } from 'amqplib'
import Fastify from 'fastify'
import { checkRequest } from '../../../system-under-test/api/check-request.ts'
import { FrameSender } from '../../../system-under-test/queue/frame-sender.ts'
import { readSettings } from '../../../system-under-test/settings.ts'

// What most services do at first: looked at as the service looks at it, and then into a classic queue, not persistent,
// answered as soon as it is handed over. The queue is short and forgets its oldest, so that nothing fills up. It is sent as
// the service sends: what is compared is the guarantees, and not two ways of writing frames.
const { host, port, vhost } = readSettings(process.env).broker
const connection = await connect({ hostname: host, port, vhost }, { noDelay: true })
const channel = await connection.createChannel()
const sender = new FrameSender(channel)
const queue = 'forgotten'
const target = { exchange: '', routingKey: queue, mandatory: false }
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
  sender.send(target, { messageId: orderId, body, headers, persistent: false })
  return reply.code(202).header('location', `/orders/${orderId}`).send({ orderId, status: 'accepted' })
})
await http.listen({ host: '0.0.0.0', port: 8080 })
