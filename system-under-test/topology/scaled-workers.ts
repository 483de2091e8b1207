import type Docker from 'dockerode'
import type { ObservationLine } from '../../chaos/history/line.ts'
import { freePorts } from './free-ports.ts'
import { serveFleet } from './serve-fleet.ts'
import type { StartReplica } from './start-replica.ts'
import type { ContainerPlace } from './targets.ts'
import { type WorkerEngine, workerFleet } from './worker-fleet.ts'

export interface ScalingParts {
  readonly docker: Docker
  /** As many as there may be, all of them running. Those beyond the least are sent home at once: they wait as containers. */
  readonly workers: readonly ContainerPlace[]
  readonly workersMin: number
  /** The address of this machine that the run's containers can reach. */
  readonly gateway: string
  readonly startReplica: StartReplica
}

/** Workers that come and go, and the autoscaler that says how many. */
export interface ScaledWorkers {
  readonly autoscaler: ContainerPlace
  /** Those that ought to be at work now. */
  present(): readonly ContainerPlace[]
  /** How many workers there are, and how many of them said that they are ready. */
  readings(seen: readonly ObservationLine[], timeMs: number): Promise<readonly ObservationLine[]>
  /** Nobody decides, comes or goes any more. Safe to repeat. */
  stop(): Promise<void>
}

export async function startScaling(parts: ScalingParts): Promise<ScaledWorkers> {
  const { docker, workers, workersMin, gateway, startReplica } = parts
  await Promise.all(workers.slice(workersMin).map(({ id }) => docker.getContainer(id).kill()))
  const present = new Set(workers.slice(0, workersMin).map(({ name }) => name))
  const names = workers.map(({ name }) => name)
  const fleet = workerFleet(names, workersMin, engineOf(docker, workers, present))
  const served = await serveFleet(fleet, gateway)
  try {
    const [port] = (await freePorts(1)) as [number]
    const bounds = { WORKERS_MIN: String(workersMin), WORKERS_MAX: String(workers.length) }
    const env = { ...bounds, FLEET_URL: `http://${gateway}:${served.port}` }
    const autoscaler = await startReplica({ alias: 'autoscaler', role: 'autoscaler', port, env })
    let stopped: PromiseLike<void> | undefined
    return {
      autoscaler,
      present: () => workers.filter(({ name }) => present.has(name)),
      async readings(seen, timeMs) {
        const isReady = ({ name, value, labels }: ObservationLine) =>
          name === 'ready' && value === 1 && names.includes(labels?.replica ?? '')
        return [
          { kind: 'observation', timeMs, name: 'workers', value: await fleet.count() },
          { kind: 'observation', timeMs, name: 'workers-ready', value: seen.filter(isReady).length },
        ]
      },
      async stop() {
        stopped ??= served[Symbol.asyncDispose]()
        await stopped
      },
    }
  } catch (error) {
    await served[Symbol.asyncDispose]()
    throw error
  }
}

/** The Engine starts and stops containers that are there already; `present` is kept to what it was asked for. */
function engineOf(docker: Docker, workers: readonly ContainerPlace[], present: Set<string>): WorkerEngine {
  const idOf = new Map(workers.map(({ name, id }) => [name, id]))
  const containerOf = (name: string) => docker.getContainer(idOf.get(name) as string)
  return {
    async running() {
      const running = await docker.listContainers({ filters: { id: [...idOf.values()] } })
      const ids = new Set(running.map(({ Id }) => Id))
      return new Set(workers.filter(({ id }) => ids.has(id)).map(({ name }) => name))
    },
    async start(name) {
      await containerOf(name).start()
      present.add(name)
    },
    async stop(name, graceMs) {
      present.delete(name)
      await containerOf(name).stop({ t: Math.ceil(graceMs / 1_000) })
    },
  }
}
