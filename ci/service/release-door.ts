import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { type ReleaseEnd, strategies } from '../../system-under-test/release/release.ts'

const orderShape = z.strictObject({
  strategy: z.enum(strategies),
  settings: z.record(z.string().regex(/^[A-Z][A-Z0-9_]*$/), z.string()),
  /** A folder with the sources of the new version; the running ones if left out. */
  source: z.string().min(1).optional(),
})
export type ReleaseOrder = z.infer<typeof orderShape>

/** What comes back, a line of JSON each: what happens, and in the end how it ended. */
export type ReleaseNews = { readonly tell: string } | { readonly end: ReleaseEnd }

export type PlayRelease = (
  order: ReleaseOrder,
  tell: (text: string) => void,
  signal: AbortSignal,
) => Promise<ReleaseEnd>

export interface ReleaseDoor extends AsyncDisposable {
  readonly url: string
}

/** No page in a browser can send it without being asked, so that only a command on this machine opens the door. */
export const doorHeader = 'x-seawall-release'

/**
 * `POST /release` on loopback, one at a time. Whoever asked and goes away has changed their mind: the release is taken
 * back. Disposing waits until that is done.
 */
export async function openReleaseDoor(play: PlayRelease): Promise<ReleaseDoor> {
  let underway: Promise<void> | undefined
  const closing = new AbortController()
  const server = createServer(async (request, response) => {
    const order = await orderOf(request)
    if (typeof order === 'string') return refuse(response, 400, order)
    if (underway !== undefined) return refuse(response, 409, 'another release is under way')
    underway = serve(order, response, play, closing.signal).finally(() => {
      underway = undefined
    })
    await underway
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      closing.abort(new Error('the service ends'))
      const closed = new Promise((done) => server.close(done))
      await underway
      server.closeAllConnections()
      await closed
    },
  }
}

async function serve(
  order: ReleaseOrder,
  response: ServerResponse,
  play: PlayRelease,
  closing: AbortSignal,
): Promise<void> {
  const left = new AbortController()
  response.on('close', () => left.abort(new Error('whoever asked for the release has left')))
  response.writeHead(200, { 'content-type': 'application/x-ndjson' })
  const say = (news: ReleaseNews) => response.write(`${JSON.stringify(news)}\n`)
  const tell = (line: string) => say({ tell: line })
  const end = await play(order, tell, AbortSignal.any([left.signal, closing])).catch(
    (cause: Error): ReleaseEnd => ({ kind: 'rolled back', reason: cause.message }),
  )
  say({ end })
  response.end()
}

/** The order, or what is wrong with it. */
async function orderOf(request: IncomingMessage): Promise<ReleaseOrder | string> {
  if (request.method !== 'POST' || request.url !== '/release') return 'only POST /release is known here'
  if (request.headers[doorHeader] === undefined) return `the header ${doorHeader} is missing`
  try {
    const parsed = orderShape.safeParse(JSON.parse(await text(request)))
    return parsed.success ? parsed.data : z.prettifyError(parsed.error)
  } catch {
    return 'the order is not JSON'
  }
}

function refuse(response: ServerResponse, status: number, error: string): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ error }))
}
