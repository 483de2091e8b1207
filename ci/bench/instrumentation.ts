import { type ChildProcessByStdio, spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, request } from 'node:http'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { setTimeout as delay } from 'node:timers/promises'
import { exactQuantile } from '../../chaos/slo/quantile.ts'
import { openCollector } from '../../system-under-test/telemetry/collector.fixture.ts'
import type { Bench } from './figure.ts'

/** The two take turns, so that a machine that grows busier meanwhile slows both alike. */
const turns = 50
const ordersInATurn = 200
const clients = 4
const warmUpTurns = 5
/** Between an answer and the next order of a client: the service is busy, and not at its end. */
const pauseMs = 5

/** What traces cost the answers: the service on in-memory parts, with a broker that is as quick as a real one. */
export const instrumentation: Bench = {
  name: 'instrumentation',
  what: 'the p99 of the service with a collector that gets its traces, against the same without',
  containers: false,
  async run(tell) {
    await using collector = await openCollector()
    const without = await start()
    const withTraces = await start(collector.endpoint)
    const times = { without: [] as number[], with: [] as number[] }
    for (let turn = 0; turn < turns + warmUpTurns; turn += 1) {
      const kept = turn >= warmUpTurns
      const [first, second] = await bothInTurn(turn, without, withTraces)
      if (kept) times.without.push(...first)
      if (kept) times.with.push(...second)
    }
    const [cpuWithout, cpuWith] = await Promise.all([without.stop(), withTraces.stop()])
    const p99 = (list: readonly number[]) => exactQuantile(Float64Array.from(list).sort(), 0.99) as number
    tell(
      `  ${p99(times.with).toFixed(2)} ms with, ${p99(times.without).toFixed(2)} ms without, of ${times.with.length} orders each`,
    )
    return [
      {
        name: 'spans that came for each order',
        value: collector.spans().length / times.with.length,
        unit: '',
        atLeast: 2.5,
      },
      {
        name: 'processor time with traces / without, start and end included',
        value: cpuWith / cpuWithout,
        unit: '×',
        atMost: 1.25,
      },
      {
        name: 'p99 with traces / without',
        value: p99(times.with) / p99(times.without),
        unit: '×',
        atMost: 1.05,
      },
    ]
  },
}

/** Who goes first changes with each turn. */
async function bothInTurn(turn: number, one: Served, other: Served): Promise<[number[], number[]]> {
  if (turn % 2 === 0) return [await send(one, turn), await send(other, turn)]
  const second = await send(other, turn)
  return [await send(one, turn), second]
}

interface Served {
  readonly url: string
  readonly agent: Agent
  /** Gives the milliseconds of processor time that it took. */
  stop(): Promise<number>
}

async function start(collector?: string): Promise<Served> {
  const script = join(import.meta.dirname, 'served-service.fixture.ts')
  const child = spawn(process.execPath, [script, ...(collector === undefined ? [] : [collector])], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [chunk] = (await once(child.stdout, 'data')) as [Buffer]
  const agent = new Agent({ keepAlive: true, maxSockets: clients })
  return {
    url: chunk.toString('utf8').trim(),
    agent,
    stop: () => stop(child, agent),
  }
}

async function stop(child: ChildProcessByStdio<null, Readable, null>, agent: Agent): Promise<number> {
  agent.destroy()
  const last = text(child.stdout)
  child.kill('SIGTERM')
  return Number(await last)
}

/** Some clients, each of which waits for its answer before it asks again. Gives the response times in ms. */
async function send(served: Served, turn: number): Promise<number[]> {
  const times: number[] = []
  let next = 0
  const client = async () => {
    while (next < ordersInATurn) {
      next += 1
      const startedMs = performance.now()
      await submit(served, `t${turn}-${next}`)
      times.push(performance.now() - startedMs)
      await delay(pauseMs)
    }
  }
  await Promise.all(Array.from({ length: clients }, client))
  return times
}

const body = JSON.stringify({ customer: 'c1', items: [{ sku: 'a', quantity: 1 }] })

async function submit({ url, agent }: Served, id: string): Promise<void> {
  const headers = { 'content-type': 'application/json', 'idempotency-key': id }
  const sent = request(`${url}/orders`, { method: 'POST', headers, agent })
  sent.end(body)
  const [response] = await once(sent, 'response')
  response.resume()
  await once(response, 'end')
  if (response.statusCode !== 202) throw new Error(`expected 202, got ${response.statusCode}`)
}
