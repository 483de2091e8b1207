import { createServer } from 'node:http'

/**
 * Accepts everything at once, so that what is measured is the client. With `STALL_AFTER_MS` and `STALL_MS` it stands
 * still once, so long after its first order: whatever came meanwhile is answered when the stall is over.
 */
const afterMs = Number(process.env.STALL_AFTER_MS ?? Number.POSITIVE_INFINITY)
const stallMs = Number(process.env.STALL_MS ?? 0)
let firstMs: number | undefined

createServer((request, response) => {
  const nowMs = performance.now()
  if (request.method === 'POST') firstMs ??= nowMs
  const sinceMs = firstMs === undefined ? 0 : nowMs - firstMs
  const leftMs = sinceMs >= afterMs ? afterMs + stallMs - sinceMs : 0
  const answer = () => response.writeHead(202).end('{}')
  request.resume().on('end', () => (leftMs > 0 ? setTimeout(answer, leftMs) : answer()))
}).listen(8080)
