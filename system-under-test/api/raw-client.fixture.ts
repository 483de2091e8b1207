import { connect, type Socket } from 'node:net'

/** A client that writes bytes, not requests: slow ones, broken ones, and ones that mean two things at once. */
export interface RawClient {
  readonly socket: Socket
  write(text: string): void
  /** Everything that came back until the server closed the connection. */
  readonly closed: Promise<string>
}

/** Connected to the loopback. It never closes the connection by itself: whether the server does is the question. */
export function rawClient(port: number): RawClient {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true })
  let got = ''
  socket.setEncoding('utf8').on('data', (text) => {
    got += text
  })
  const closed = new Promise<string>((resolve) => {
    // A reset after an answer is an end too; what was said before it counts.
    socket.on('error', () => {})
    socket.once('end', () => socket.destroy())
    socket.once('close', () => resolve(got))
  })
  return { socket, closed, write: (text) => void (socket.writable && socket.write(text)) }
}

/** The lines of a request, with the line ends that HTTP wants. */
export function request(lines: readonly string[], body = ''): string {
  return `${lines.join('\r\n')}\r\n\r\n${body}`
}
