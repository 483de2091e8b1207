import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TimedLine } from '../../chaos/history/line.ts'
import { browserAssets } from '../render/browser-assets.ts'
import { renderLivePage } from '../render/live-html.ts'
import { type LiveTitle, liveRows, readingOf } from '../render/live-terminal.ts'
import type { LiveEnd, LiveMessage } from './live-message.ts'
import { type LiveSnapshot, LiveState } from './live-state.ts'

export interface LivePageOptions extends LiveTitle {
  /** Milliseconds since the run began. */
  elapsedMs(): number
}

/** The live view as a page of this machine's own. Disposing it ends every connection and frees the port. */
export interface LivePage extends AsyncDisposable {
  /** On loopback, at a port that was free. */
  readonly url: string
  see(line: TimedLine | string): void
  /** Tells whoever looks what the run came to; nothing is told after it. */
  end(what: LiveEnd): void
}

const everyMs = 500

/**
 * Serves the live view to browsers on this machine: one file and one stream of events, nothing else. It only looks, and
 * it keeps no process alive. A request for another host is refused, so that no page of the world can read it by a name
 * that leads here.
 */
export async function openLivePage(options: LivePageOptions): Promise<LivePage> {
  const page = renderLivePage(options, await browserAssets('live'))
  const state = new LiveState()
  const listeners = new Set<ServerResponse>()
  let end: LiveEnd | undefined
  const newest = () => eventOf('moment', messageOf(options, state.snapshot(options.elapsedMs())))
  const server = createServer((request, response) => {
    if (!isForUs(request, addressOf(server))) return refuse(response, 403)
    if (request.method !== 'GET') return refuse(response, 405)
    if (request.url === '/') return answerPage(response, page)
    if (request.url !== '/events') return refuse(response, 404)
    listen(response, listeners)
    response.write(newest())
    if (end !== undefined) response.end(eventOf('end', end))
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  server.unref()
  const timer = setInterval(() => tell(listeners, newest()), everyMs)
  timer.unref()
  return {
    url: `http://${addressOf(server)}/`,
    see: (line) => state.see(line),
    end(what) {
      clearInterval(timer)
      end = what
      for (const listener of listeners) listener.end(eventOf('end', what))
    },
    async [Symbol.asyncDispose]() {
      clearInterval(timer)
      for (const listener of listeners) listener.end()
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const deadline = setTimeout(() => server.closeAllConnections(), everyMs)
      await closed
      clearTimeout(deadline)
    },
  }
}

/** Whoever does not keep up misses moments, not memory: a stream that is full is passed over. */
function tell(listeners: ReadonlySet<ServerResponse>, event: string): void {
  for (const listener of listeners) if (!listener.writableNeedDrain) listener.write(event)
}

function listen(response: ServerResponse, listeners: Set<ServerResponse>): void {
  listeners.add(response)
  response.on('close', () => listeners.delete(response))
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
}

function answerPage(response: ServerResponse, page: string): void {
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  })
  response.end(page)
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status).end()
}

function addressOf(server: ReturnType<typeof createServer>): string {
  return `127.0.0.1:${(server.address() as AddressInfo).port}`
}

function isForUs({ headers }: IncomingMessage, address: string): boolean {
  return headers.host === address || headers.host === address.replace('127.0.0.1', 'localhost')
}

function eventOf(event: 'moment' | 'end', value: LiveMessage | LiveEnd): string {
  return `event: ${event}\ndata: ${JSON.stringify(value)}\n\n`
}

function messageOf(title: LiveTitle, snapshot: LiveSnapshot): LiveMessage {
  const { timeMs, phase, rates, p99Ms, readings } = snapshot
  return {
    phase: phase ?? 'starting',
    seconds: Math.floor(timeMs / 1_000),
    rows: liveRows(title, snapshot),
    points: {
      asked: title.askedAt(timeMs) ?? null,
      accepted: rates.ok,
      shed: rates.shed,
      responseMsP99: p99Ms ?? null,
      backlog: readingOf(readings, 'queue-depth') ?? null,
    },
  }
}
