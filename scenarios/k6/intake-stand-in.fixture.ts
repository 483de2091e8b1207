import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

/**
 * A small intake for the test of the client alone: it keeps what it accepts, in memory, and misbehaves in turn, in every
 * way that a client has to tell apart. It is honest: what it answers is true.
 */
const stored = new Map<string, { digest: string; effects: number }>()
const dead = new Map<string, { digest: string; reason: string }>()
let turn = 0

async function textOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  return Buffer.concat(parts).toString()
}

function isOrder(text: string): boolean {
  if (text.length > 1_048_576) return false
  try {
    const order = JSON.parse(text)
    return order.items.length > 0 && order.items[0].quantity > 0 && !('discount' in order)
  } catch {
    return false
  }
}

function answer(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
) {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}

async function submit(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const id = String(request.headers['idempotency-key'])
  const text = await textOf(request)
  const digest = createHash('sha256').update(text).digest('hex').slice(0, 8)
  if (!isOrder(text)) return answer(response, 422, { published: false })
  const known = stored.get(id)
  if (known !== undefined && known.digest !== digest) return answer(response, 409, { published: false })
  turn += 1
  if (turn % 11 === 0) return answer(response, 503, { published: false }, { 'retry-after': '0' })
  if (turn % 29 === 0) return answer(response, 503, { error: 'an unknown proxy' })
  if (text.includes('"poison"')) dead.set(id, { digest, reason: 'poison' })
  else if (known === undefined) stored.set(id, { digest, effects: 1 })
  if (turn % 13 === 0) request.socket.destroy()
  else if (turn % 17 === 0) answer(response, 504, { error: 'unsure' })
  else answer(response, 202, { orderId: id })
}

/**
 * A second door, which now and then takes what comes over a connection that it knows, breaks the connection instead of
 * answering, and is not there for a moment.
 */
function doorThatShuts(): void {
  const known = new Set<unknown>()
  let taken = 0
  const door = createServer(async (request, response) => {
    const isKnown = known.has(request.socket)
    known.add(request.socket)
    const id = String(request.headers['idempotency-key'])
    const digest = createHash('sha256')
      .update(await textOf(request))
      .digest('hex')
      .slice(0, 8)
    stored.set(id, { digest, effects: 1 })
    taken += 1
    if (!isKnown || taken < 20) return answer(response, 202, { orderId: id })
    taken = 0
    door.close()
    door.closeAllConnections()
    setTimeout(() => door.listen(8081), 150)
  })
  door.listen(8081)
}

doorThatShuts()
createServer(async (request, response) => {
  if (request.method === 'POST') return submit(request, response)
  if (request.url === '/places') {
    return answer(response, 200, { stored: [...stored], dead: [...dead] })
  }
  const id = String(request.url?.split('/').pop())
  const order = stored.get(id)
  if (order === undefined) return answer(response, 404, {})
  answer(response, 200, { orderId: id, status: 'done', digest: order.digest })
}).listen(8080)
