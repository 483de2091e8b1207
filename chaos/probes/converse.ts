import { connect } from 'node:net'
import type { Clock } from '../kernel/clock.ts'

export const conversationEnds = [
  'enough', // as many bytes as were asked for came back
  'closed', // the other side ended in order before that
  'reset', // the other side broke the connection
  'refused', // nobody listens
  'silent', // nothing more came within the time
] as const
export type ConversationEnd = (typeof conversationEnds)[number]

/** What one short talk over TCP came to. Times count from the first attempt to connect. */
export interface Conversation {
  readonly end: ConversationEnd
  readonly bytes: number
  /** Pieces in which the bytes arrived. */
  readonly chunks: number
  /** The first bytes that came, up to 64, as Latin-1: enough for a status line. */
  readonly head: string
  /** Until the first byte; undefined if none came. */
  readonly firstByteMs: number | undefined
  readonly totalMs: number
}

export interface ConverseOptions {
  readonly host: string
  readonly port: number
  readonly send: Uint8Array
  readonly clock: Clock
  readonly timeoutMs: number
  /** Ends as soon as this many bytes came; 1 unless stated. */
  readonly bytesEnough?: number
  readonly signal?: AbortSignal
}

const headBytes = 64

/** Connects, sends, listens, hangs up. Never rejects for what the network does; only for an aborted signal. */
export async function converse(options: ConverseOptions): Promise<Conversation> {
  const { clock, timeoutMs, bytesEnough = 1, signal } = options
  signal?.throwIfAborted()
  const startedMs = clock.nowMs()
  const socket = connect({ host: options.host, port: options.port, noDelay: true })
  const timer = new AbortController()
  let bytes = 0
  let chunks = 0
  let firstByteMs: number | undefined
  let head = ''
  const end = new Promise<ConversationEnd>((resolve) => {
    socket.on('connect', () => socket.write(options.send))
    socket.on('data', (chunk) => {
      firstByteMs ??= clock.nowMs() - startedMs
      bytes += chunk.length
      chunks += 1
      if (head.length < headBytes) head += chunk.toString('latin1', 0, headBytes - head.length)
      if (bytes >= bytesEnough) resolve('enough')
    })
    socket.on('end', () => resolve('closed'))
    socket.on('close', () => resolve('closed'))
    socket.on('error', (error: NodeJS.ErrnoException) => resolve(endOf(error.code)))
    const silence = AbortSignal.any(signal === undefined ? [timer.signal] : [timer.signal, signal])
    clock.sleep(timeoutMs, silence).then(
      () => resolve('silent'),
      () => resolve('silent'),
    )
  })
  const came = await end
  timer.abort()
  const totalMs = clock.nowMs() - startedMs
  socket.destroy()
  signal?.throwIfAborted()
  return { end: came, bytes, chunks, head, firstByteMs, totalMs }
}

function endOf(code: string | undefined): ConversationEnd {
  if (code === 'ECONNREFUSED') return 'refused'
  if (code === 'ECONNRESET' || code === 'EPIPE') return 'reset'
  return code === 'ETIMEDOUT' || code === 'EHOSTUNREACH' ? 'silent' : 'closed'
}
