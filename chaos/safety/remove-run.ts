import type Docker from 'dockerode'
import { runLabel, statusOf } from '../faults/docker-engine.ts'

/** What one sweep over a run's containers, networks and volumes came to, by name. */
export interface Sweep {
  readonly removed: readonly string[]
  /** Each with its reason; the next sweep tries again. */
  readonly left: readonly string[]
}

/**
 * Removes every container, network and volume that carries this run's label, and nothing else. Safe to repeat, and
 * beside another remover: what is gone, or is going, counts as removed by the other one.
 */
export async function removeRun(docker: Docker, runId: string): Promise<Sweep> {
  const filters = { label: [`${runLabel}=${runId}`] }
  const removed: string[] = []
  const left: string[] = []
  const attempt = async (name: string, act: () => Promise<unknown>) => {
    try {
      await act()
      removed.push(name)
    } catch (error) {
      const status = statusOf(error)
      // 404: gone. 409: another remover is at it, and if not, the next sweep sees it again.
      if (status !== 404) left.push(`${name}: ${status === 409 ? 'is being removed' : String(error)}`)
    }
  }
  const containers = await docker.listContainers({ all: true, filters })
  await Promise.all(containers.map((info) => attempt(nameOf(info), () => removeContainer(docker, info))))
  const networks = await docker.listNetworks({ filters })
  await Promise.all(networks.map(({ Id, Name }) => attempt(Name, () => docker.getNetwork(Id).remove())))
  const { Volumes: volumes } = await docker.listVolumes({ filters })
  await Promise.all((volumes ?? []).map(({ Name }) => attempt(Name, () => docker.getVolume(Name).remove())))
  return { removed, left }
}

/** A paused process cannot be killed by every Engine, so it is let go first. */
async function removeContainer(docker: Docker, info: Docker.ContainerInfo): Promise<void> {
  const container = docker.getContainer(info.Id)
  if (info.State === 'paused') await container.unpause().catch(() => undefined)
  await container.remove({ force: true, v: true })
}

function nameOf(info: Docker.ContainerInfo): string {
  return (info.Names[0] ?? info.Id).replace(/^\//, '')
}
