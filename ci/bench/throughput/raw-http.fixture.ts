import Fastify from 'fastify'

// What HTTP alone costs: the same library, the whole body read, and the answer of the service to it.
const http = Fastify({ logger: false })
http.removeAllContentTypeParsers()
http.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
http.post('/orders', async (request, reply) => {
  const orderId = String(request.headers['idempotency-key'])
  return reply.code(202).header('location', `/orders/${orderId}`).send({ orderId, status: 'accepted' })
})
await http.listen({ host: '0.0.0.0', port: 8080 })
