import { createServer } from 'node:http'

/** One piece of work from its beginning to its confirmed end; throws if it did not end well. */
export type Once = () => Promise<void>

/** What is asked of a measuring process, as the query of `GET /measure`. */
export interface Wish {
  /** How many of them work at once, each beginning anew when it is done. */
  readonly clients: number
  /** Not counted: connections open, the just-in-time compiler settles. */
  readonly warmUpMs: number
  readonly ms: number
  /** So many pieces of work at most, however long they take; without it, time alone ends the loop. */
  readonly most?: number
  /** Where the work goes, for those who can go to several places. */
  readonly to?: string
}

export interface Measured {
  readonly done: number
  readonly ms: number
}

/** The closed model: how fast can it go? Nobody is asked more than the slowest part carries. */
export async function closedLoop(works: readonly Once[], wish: Wish): Promise<Measured> {
  const { warmUpMs, ms, most = Number.POSITIVE_INFINITY } = wish
  const countFromMs = performance.now() + warmUpMs
  const untilMs = countFromMs + ms
  let begun = 0
  let done = 0
  const client = async (once: Once) => {
    while (begun < most && performance.now() < untilMs) {
      begun += 1
      await once()
      const nowMs = performance.now()
      if (nowMs >= countFromMs && nowMs < untilMs) done += 1
    }
  }
  await Promise.all(works.map(client))
  return { done, ms: Math.min(ms, performance.now() - countFromMs) }
}

/** A process of its own that measures when it is asked to, so that its code is as warm as that of a service. */
export function measureWhenAsked(
  open: (wish: Wish) => Promise<{ readonly works: readonly Once[]; close(): void }>,
): void {
  createServer(async (request, response) => {
    try {
      const query = new URL(request.url ?? '/', 'http://here').searchParams
      if (!query.has('ms')) return response.end('{}')
      const wish = wishOf(query)
      const { works, close } = await open(wish)
      const measured = await closedLoop(works, wish)
      close()
      response.end(JSON.stringify(measured))
    } catch (error) {
      response.writeHead(500).end(String(error))
    }
  }).listen(8080)
}

function wishOf(query: URLSearchParams): Wish {
  const [most, to] = [query.get('most'), query.get('to')]
  return {
    clients: Number(query.get('clients')),
    warmUpMs: Number(query.get('warmUpMs')),
    ms: Number(query.get('ms')),
    ...(most === null ? {} : { most: Number(most) }),
    ...(to === null ? {} : { to }),
  }
}
