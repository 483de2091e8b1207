import type Docker from 'dockerode'

/**
 * Removes every container, network and volume that carries this run's label, and nothing else. Safe to repeat, and
 * beside another remover: what is gone already counts as removed. Throws with everything that would not go.
 */
export async function removeRun(docker: Docker, runId: string): Promise<void> {
  await removeLabelled(docker, `seawall.run=${runId}`)
}

/** The same for any label, given as `name=value`. */
export async function removeLabelled(docker: Docker, label: string): Promise<void> {
  const filters = { label: [label] }
  const containers = await docker.listContainers({ all: true, filters })
  const failed = await Promise.all(
    containers.map((info) => attempt(info.Names[0] ?? info.Id, () => removeContainer(docker, info))),
  )
  const networks = await docker.listNetworks({ filters })
  const volumes = (await docker.listVolumes({ filters: { label: filters.label } })).Volumes ?? []
  const rest = await Promise.all([
    ...networks.map((info) => attempt(info.Name, () => docker.getNetwork(info.Id).remove())),
    ...volumes.map((info) => attempt(info.Name, () => docker.getVolume(info.Name).remove())),
  ])
  const left = [...failed, ...rest].filter((text) => text !== undefined)
  if (left.length > 0) throw new Error(`of ${label} could not be removed: ${left.join('; ')}`)
}

/** A paused process cannot be killed by every Engine, so it is let go first. */
async function removeContainer(docker: Docker, info: Docker.ContainerInfo): Promise<void> {
  const container = docker.getContainer(info.Id)
  if (info.State === 'paused') await container.unpause().catch(() => undefined)
  await container.remove({ force: true, v: true })
}

async function attempt(name: string, act: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await act()
    return undefined
  } catch (error) {
    const status = (error as { statusCode?: number }).statusCode
    // 404: gone. 409: another remover is at it.
    if (status === 404 || status === 409) return undefined
    return `${name} (${error instanceof Error ? error.message : String(error)})`
  }
}
