import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refused } from './answers.ts'

/**
 * Bounds what the bodies of all requests may hold together, before the first byte of one is read: a body is in memory long
 * before anybody can decide about its order. A request that does not say how long it is counts as the longest one.
 */
export function boundBodies(http: FastifyInstance, bytesMax: number, longestBytes: number): void {
  let held = 0
  http.addHook('onRequest', (request, reply, done) => {
    const bytes = bytesOf(request, longestBytes)
    if (bytes === 0) return done()
    if (held + bytes > bytesMax) {
      const { status, headers, body } = refused('overloaded', 1)
      // The rest of this body is not wanted: the connection ends with the answer.
      reply.code(status).headers(headers).header('connection', 'close').send(body)
      return
    }
    held += bytes
    // Answered, or broken off before that: it comes after either, and once.
    reply.raw.once('close', () => {
      held -= bytes
    })
    done()
  })
}

function bytesOf({ method, headers }: FastifyRequest, longestBytes: number): number {
  if (method !== 'POST') return 0
  const length = Number(headers['content-length'] ?? longestBytes)
  return Math.min(longestBytes, Number.isFinite(length) ? length : longestBytes)
}
