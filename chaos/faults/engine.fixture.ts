import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { json } from 'node:stream/consumers'
import Dockerode from 'dockerode'
import { runLabel } from './docker-engine.ts'
import type { FaultContext } from './fault.ts'
import { testContext } from './link.fixture.ts'
import { type ContainerTarget, capabilities } from './target.ts'

interface EngineState {
  running: boolean
  paused: boolean
  outOfMemory: boolean
  exitCode: number
  startedAt: string
  finishedAt: string
  labels: Record<string, string>
  limits: Record<string, number>
  networks: Record<string, { Aliases: string[]; IPAddress: string }>
}

/** The Engine's API for one container, as far as faults use it, over real HTTP on loopback. */
export interface FakeEngine extends AsyncDisposable {
  readonly docker: Dockerode
  readonly state: EngineState
  /** Every change that was asked for: `POST kill?signal=SIGKILL`. */
  readonly changes: string[]
  /** What execs run: the argv, what it prints, how it ends. */
  onExec: (argv: readonly string[]) => {
    readonly stdout?: string
    readonly exitCode?: number
    readonly hangs?: boolean
  }
  /** So many of the next changes are refused, as by an Engine whose container is only just coming up. */
  refusals: number
  readonly context: FaultContext
  /** Tells whoever listens to its events. */
  tell(action: string, attributes?: Readonly<Record<string, string>>): void
  /** Ends what it tells. */
  fallSilent(): void
  /** The container as a target that can suffer everything; it answers while it runs and is not paused. */
  target(more?: Partial<ContainerTarget>): ContainerTarget
}

export const containerId = 'c0ffee'.repeat(10)

export async function fakeEngine(runId = 'run-1'): Promise<FakeEngine> {
  const state: EngineState = {
    running: true,
    paused: false,
    outOfMemory: false,
    exitCode: 0,
    startedAt: '2026-01-01T00:00:00.000000001Z',
    finishedAt: '0001-01-01T00:00:00Z',
    labels: { [runLabel]: runId },
    limits: { NanoCpus: 0, CpuQuota: 0, CpuPeriod: 0, Memory: 0, MemorySwap: 0 },
    networks: { net: { Aliases: ['worker-1'], IPAddress: '172.20.0.5' } },
  }
  const changes: string[] = []
  const listening = new Set<ServerResponse>()
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const docker = new Dockerode({ protocol: 'http', host: '127.0.0.1', port })
  const engine: FakeEngine = {
    docker,
    state,
    changes,
    onExec: () => ({}),
    refusals: 0,
    tell(Action, Attributes = {}) {
      const event = { Action, Actor: { ID: containerId, Attributes }, timeNano: Date.now() * 1e6 }
      for (const listener of listening) listener.write(`${JSON.stringify(event)}\n`)
    },
    fallSilent() {
      for (const listener of listening) listener.end()
    },
    context: testContext(runId),
    target: (more = {}) => ({
      kind: 'container',
      name: 'worker-1',
      role: 'worker',
      capabilities: new Set(capabilities),
      containerId,
      docker,
      peers: async () => new Map(),
      answers: async () => state.running && !state.paused,
      ...more,
    }),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((done) => server.close(done))
    },
  }
  let argv: readonly string[] = []
  let exitCode = 0

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = request.method === 'POST' ? ((await json(request).catch(() => ({}))) as Body) : {}
    const path = (request.url ?? '').replace(/^\/v[\d.]+/, '')
    const action = path.replace(`/containers/${containerId}/`, '')
    if (path.startsWith('/exec/')) return exec(path, response)
    if (path.startsWith('/events')) return listen(response)
    if (path === '/info') return reply(response, 200, { MemTotal: 8 * 1024 ** 3, CpuCfsQuota: true })
    if (path.startsWith('/containers/json')) {
      return reply(response, 200, [{ Id: containerId, Labels: state.labels }])
    }
    if (action === 'json') return reply(response, 200, inspection(state))
    if (action === 'exec') {
      argv = body.Cmd ?? []
      return reply(response, 201, { Id: 'e1' })
    }
    if (request.method === 'POST' && path !== action) changes.push(action)
    else if (path.startsWith('/networks/')) changes.push(path)
    else return reply(response, 404, { message: `no such container: ${path}` })
    if (engine.refusals > 0) {
      engine.refusals -= 1
      return reply(response, 500, { message: 'unable to freeze' })
    }
    reply(response, ...change(state, action, body))
  }

  function listen(response: ServerResponse): void {
    response.writeHead(200, { 'content-type': 'application/json' }).flushHeaders()
    listening.add(response)
    response.on('close', () => listening.delete(response))
  }

  function exec(path: string, response: ServerResponse): void {
    if (path.endsWith('/json')) {
      reply(response, 200, { ExitCode: exitCode, Running: false })
      return
    }
    const ended = engine.onExec(argv)
    const { stdout = '' } = ended
    if (ended.hangs) {
      response.writeHead(200).flushHeaders()
      return
    }
    exitCode = ended.exitCode ?? 0
    const frame = Buffer.from(stdout)
    const header = Buffer.from([1, 0, 0, 0, 0, 0, 0, 0])
    header.writeUInt32BE(frame.length, 4)
    response.writeHead(200, { 'content-type': 'application/vnd.docker.raw-stream' })
    response.end(Buffer.concat([header, frame]))
  }
  return engine
}

interface Body {
  readonly Cmd?: readonly string[]
  readonly EndpointConfig?: { Aliases?: string[]; IPAMConfig?: { IPv4Address?: string } }
  readonly [limit: string]: unknown
}

let starts = 1

function change(state: EngineState, action: string, body: Body): [number, unknown?] {
  const [verb = ''] = action.split('?')
  if (verb === 'start' && state.running) return [304]
  if (verb === 'start' || verb === 'restart') {
    starts += 1
    const startedAt = `2026-01-01T00:00:00.00000000${starts % 10}Z`
    Object.assign(state, { running: true, startedAt })
  } else if (verb === 'kill' || verb === 'stop') {
    if (!state.running) return [verb === 'kill' ? 409 : 304, { message: 'is not running' }]
    Object.assign(state, { running: false, exitCode: verb === 'kill' ? 137 : 143 })
    state.finishedAt = '2026-01-01T00:00:09.000000001Z'
  } else if (verb === 'pause' || verb === 'unpause') state.paused = verb === 'pause'
  else if (verb === 'update') Object.assign(state.limits, body)
  else if (verb.endsWith('/disconnect')) delete state.networks.net
  else if (verb.endsWith('/connect')) {
    const { Aliases = [], IPAMConfig } = body.EndpointConfig ?? {}
    state.networks.net = { Aliases, IPAddress: IPAMConfig?.IPv4Address ?? '' }
  } else return [404, { message: `no such action ${action}` }]
  // As the Engine does it, and its client insists on it.
  const isOk = verb === 'update' || verb.startsWith('/networks/')
  return isOk ? [200, {}] : [204]
}

function inspection(state: EngineState) {
  return {
    Id: containerId,
    Name: '/worker-1',
    Config: { Labels: state.labels },
    HostConfig: { ...state.limits },
    NetworkSettings: { Networks: state.networks },
    State: {
      Status: state.paused ? 'paused' : state.running ? 'running' : 'exited',
      Running: state.running,
      Paused: state.paused,
      OOMKilled: state.outOfMemory,
      Pid: state.running ? 4242 : 0,
      ExitCode: state.exitCode,
      StartedAt: state.startedAt,
      FinishedAt: state.finishedAt,
    },
  }
}

function reply(response: ServerResponse, status: number, body?: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(body === undefined ? '' : JSON.stringify(body))
}
