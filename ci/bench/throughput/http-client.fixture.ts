import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { measureWhenAsked, type Once } from './closed-loop.ts'
import { freshKey, orderText } from './order.ts'

/**
 * Clients that send orders, each over a connection of its own. The bare socket and not a library: it shares the processors
 * with what is measured, and whatever it takes is missing there.
 */
measureWhenAsked(async ({ clients, to = '' }) => {
  const { hostname, port } = new URL(to)
  const sockets = await Promise.all(Array.from({ length: clients }, () => open(hostname, Number(port))))
  return {
    works: sockets.map((socket) => submitOver(socket, hostname)),
    close: () => {
      for (const socket of sockets) socket.destroy()
    },
  }
})

async function open(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, noDelay: true })
  await once(socket, 'connect')
  socket.setEncoding('latin1')
  return socket
}

function submitOver(socket: Socket, host: string): Once {
  const head = `POST /orders HTTP/1.1\r\nHost: ${host}\r\nContent-Type: application/json\r\n`
  const tail = `Content-Length: ${orderText().length}\r\n\r\n`
  let answered: { resolve(): void; reject(error: Error): void } | undefined
  let seen = ''
  socket.on('data', (text) => {
    seen += text
    if (!isWhole(seen)) return
    const answer = seen
    seen = ''
    if (answer.slice(9, 12) === '202') answered?.resolve()
    else answered?.reject(new Error(`expected 202, got ${answer}`))
  })
  socket.on('error', (error) => answered?.reject(error))
  socket.on('close', () => answered?.reject(new Error('the connection was closed')))
  return () =>
    new Promise((resolve, reject) => {
      answered = { resolve, reject }
      socket.write(`${head}Idempotency-Key: ${freshKey()}\r\n${tail}${orderText()}`)
    })
}

function isWhole(answer: string): boolean {
  const headEnd = answer.indexOf('\r\n\r\n')
  if (headEnd === -1) return false
  const length = /\r\ncontent-length: (\d+)/i.exec(answer.slice(0, headEnd))?.[1]
  if (length === undefined) throw new Error(`expected a content-length, got ${answer.slice(0, headEnd)}`)
  return answer.length >= headEnd + 4 + Number(length)
}
