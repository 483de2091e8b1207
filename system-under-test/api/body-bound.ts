import type { FastifyInstance, FastifyRequest } from 'fastify'
import { refused } from './answers.ts'

/**
 * Bounds what the bodies of all requests may hold together, before the first byte of one is read: a body is in memory long
 * before anybody can decide about its order. A request that does not say how long it is counts as the longest one.
 */
export function boundBodies(http: FastifyInstance, bytesMax: number, longestBytes: number): void {
  let held = 0
  http.addHook('onRequest', async (request, reply) => {
    const bytes = bytesOf(request, longestBytes)
    if (bytes === 0) return
    if (held + bytes > bytesMax) {
      const { status, headers, body } = refused('overloaded', 1)
      // The rest of this body is not wanted: the connection ends with the answer.
      return reply.code(status).headers(headers).header('connection', 'close').send(body)
    }
    held += bytes
    let holds = true
    const release = () => {
      if (holds) held -= bytes
      holds = false
    }
    // Answered, or broken off before that; whichever comes first.
    reply.raw.once('finish', release)
    reply.raw.once('close', release)
  })
}

function bytesOf({ method, headers }: FastifyRequest, longestBytes: number): number {
  if (method !== 'POST') return 0
  const length = Number(headers['content-length'] ?? longestBytes)
  return Math.min(longestBytes, Number.isFinite(length) ? length : longestBytes)
}
