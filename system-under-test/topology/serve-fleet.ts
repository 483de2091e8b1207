import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { WorkerFleet } from './worker-fleet.ts'

export interface ServedFleet extends AsyncDisposable {
  readonly port: number
}

/**
 * The fleet for an autoscaler in a container: `GET /workers`, `POST /workers/grow`, `POST /workers/shrink?graceMs=`.
 * Only on the address that is given, that of the run's own network. Disposing closes the fleet too.
 */
export async function serveFleet(fleet: WorkerFleet, host: string): Promise<ServedFleet> {
  const server = createServer((request, response) => {
    request.resume()
    answerOf(fleet, `${request.method}`, new URL(request.url ?? '/', 'http://fleet')).then(
      (body) => end(response, body === undefined ? 404 : 200, body ?? { error: 'there is no such door' }),
      (cause: Error) => end(response, 409, { error: cause.message }),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(0, host, resolve)
  })
  return {
    port: (server.address() as AddressInfo).port,
    async [Symbol.asyncDispose]() {
      const closed = new Promise((done) => server.close(done))
      await fleet.close()
      server.closeAllConnections()
      await closed
    },
  }
}

async function answerOf(
  fleet: WorkerFleet,
  method: string,
  { pathname, searchParams }: URL,
): Promise<object | undefined> {
  switch (`${method} ${pathname}`) {
    case 'GET /workers':
      return { running: await fleet.count() }
    case 'POST /workers/grow':
      await fleet.grow()
      return {}
    case 'POST /workers/shrink': {
      const graceMs = Number(searchParams.get('graceMs') ?? Number.NaN)
      if (!(graceMs >= 0 && graceMs <= 60_000)) throw new Error('graceMs must be a time of at most a minute')
      await fleet.shrink(graceMs)
      return {}
    }
    default:
      return undefined
  }
}

function end(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
