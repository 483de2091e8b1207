import { connect } from 'node:net'
import Docker from 'dockerode'
import type { Capability, ContainerTarget } from '../../chaos/faults/target.ts'
import type { TimedLine } from '../../chaos/history/line.ts'
import { removeRun } from '../../chaos/safety/remove-run.ts'
import type { LoadTimeline, RunContext, RunningLoad, RunningSystem, System } from '../../chaos/system.ts'

/**
 * The smallest system that the whole machine can play: two containers that greet, and a load that is only told. It is
 * for what the harness does around a system (start, fault, heal, removal), not for what a system does.
 */
const capabilities: ReadonlySet<Capability> = new Set(['killable', 'pausable', 'throttleable'])
const names = ['echo-1', 'echo-2'] as const
const port = 7_000
const program = `
process.on('SIGTERM', () => process.exit(143))
require('node:net').createServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', () => socket.end('here'))
}).listen(${port})`

/** An order every 50 ms for four seconds. */
export const tinyLoad: LoadTimeline = {
  description: 'one order every 50 ms for 4 s',
  durationMs: 4_000,
  phases: [{ name: 'hold', fromMs: 0, toMs: 4_000 }],
  arrivalsBetween: (fromMs, toMs) => (Math.min(toMs, 4_000) - Math.max(fromMs, 0)) / 50,
}

export function tinySystem(image: string): System {
  return {
    name: 'two containers that greet',
    targets: names.map((name) => ({ name, role: 'echo', kind: 'container', capabilities })),
    ledgerPrefix: (runId) => `${runId}-`,
    start: (context) => startTiny(image, context),
  }
}

async function startTiny(image: string, context: RunContext): Promise<RunningSystem> {
  const docker = new Docker()
  const { runId } = context
  const Labels = { ...context.labels }
  const remove = async () => {
    const { left } = await removeRun(docker, runId)
    if (left.length > 0) throw new Error(`of run ${runId} could not be removed: ${left.join('; ')}`)
  }
  try {
    await docker.createNetwork({ Name: runId, Labels })
    const targets = await Promise.all(names.map((name) => startOne(docker, { name, image, runId, Labels })))
    return runningTiny(targets, context, remove)
  } catch (error) {
    await remove()
    throw error
  }
}

async function startOne(
  docker: Docker,
  {
    name,
    image,
    runId,
    Labels,
  }: { name: string; image: string; runId: string; Labels: Record<string, string> },
): Promise<ContainerTarget> {
  const container = await docker.createContainer({
    name: `${runId}-${name}`,
    Image: image,
    Labels,
    Entrypoint: ['node', '-e', program],
    ExposedPorts: { [`${port}/tcp`]: {} },
    HostConfig: {
      NetworkMode: runId,
      PortBindings: { [`${port}/tcp`]: [{ HostIp: '127.0.0.1', HostPort: '' }] },
    },
  })
  await container.start()
  const answers = async (timeoutMs: number) => {
    const { Ports } = (await container.inspect()).NetworkSettings
    const published = Ports[`${port}/tcp`]?.[0]?.HostPort
    return published !== undefined && greets(Number(published), timeoutMs)
  }
  const { id: containerId } = container
  const peers = async () => new Map<string, string>()
  return { kind: 'container', name, role: 'echo', capabilities, containerId, docker, peers, answers }
}

function greets(at: number, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(at, '127.0.0.1')
    const end = (answered: boolean) => {
      socket.destroy()
      resolve(answered)
    }
    socket.setTimeout(timeoutMs, () => end(false))
    socket.on('connect', () => socket.write('hello'))
    socket.on('data', () => end(true))
    socket.on('error', () => end(false))
    socket.on('close', () => end(false))
  })
}

function runningTiny(
  targets: readonly ContainerTarget[],
  context: RunContext,
  remove: () => Promise<void>,
): RunningSystem {
  const stored: string[] = []
  return {
    targets,
    environment: {},
    async steadyState() {
      const answers = await Promise.all(targets.map((target) => target.answers(1_000)))
      return { ok: answers.every(Boolean), evidence: `${answers.filter(Boolean).length} of 2 greet` }
    },
    observe: async () => [],
    startLoad: async (see) => tellLoad(context, stored, see),
    async finalRead(see) {
      const timeMs = context.elapsedMs()
      for (const id of stored)
        see({ kind: 'read', timeMs, place: 'store', id, digest: 'd', effects: [`e-${id}`] })
      see({ kind: 'read-complete', timeMs, place: 'store', count: stored.length })
      for (const place of ['dead-letter', 'queue'] as const)
        see({ kind: 'read-complete', timeMs, place, count: 0 })
    },
    hopCounts: async () => ({
      acceptedByApi: undefined,
      confirmedByBroker: undefined,
      effectsInStore: undefined,
    }),
    saveLogs: async () => undefined,
    [Symbol.asyncDispose]: remove,
  }
}

function tellLoad(context: RunContext, stored: string[], see: (line: TimedLine) => void): RunningLoad {
  const startedMs = context.elapsedMs()
  const over = new AbortController()
  const tell = async () => {
    while (!over.signal.aborted && context.elapsedMs() - startedMs < tinyLoad.durationMs) {
      const id = `${context.runId}-${stored.length}`
      const attempt = { kind: 'op', process: 'tiny', action: 'submit', id, attempt: 1 } as const
      see({ ...attempt, timeMs: context.elapsedMs(), type: 'invoke', digest: 'd' })
      see({ ...attempt, timeMs: context.elapsedMs(), type: 'ok' })
      stored.push(id)
      await context.clock.sleep(50, over.signal).catch(() => undefined)
    }
    return {}
  }
  return {
    startedMs,
    ended: tell(),
    stop: async () => over.abort(),
  }
}
