import { freePorts } from './free-ports.ts'
import type { RunNetwork } from './infrastructure.ts'
import { type PlannedLink, planLinks, published, type Replicas } from './plan-links.ts'
import { restartToxiproxy, startToxiproxy, toxiproxyAlias } from './toxiproxy-container.ts'

/** Every link of a topology, going through one Toxiproxy. */
export interface RunningLinks {
  /** Toxiproxy's container, and where its API is published on loopback. */
  readonly containerId: string
  readonly apiPort: number
  readonly planned: readonly PlannedLink[]
  /** Where each planned link is published on loopback, in the same order. */
  readonly hostPorts: readonly number[]
  /** As they were in the beginning, with nothing on its way in them. */
  renew(): Promise<void>
}

/** Toxiproxy in a run's network, with a proxy for each link that so many replicas need. */
export async function startLinks(
  { docker, network, labels, runId }: RunNetwork,
  { image, replicas }: { readonly image: string; readonly replicas: Replicas },
): Promise<RunningLinks> {
  const planned = planLinks(replicas)
  const [apiPort, ...hostPorts] = (await freePorts(1 + planned.length)) as [number, ...number[]]
  const links = published(planned, hostPorts)
  const toxiproxy = await startToxiproxy({
    image,
    network,
    apiPort,
    links,
    labels,
    name: `seawall-${runId}-${toxiproxyAlias}`,
  })
  const containerId = toxiproxy.getId()
  const renew = () => restartToxiproxy(docker.getContainer(containerId), { apiPort, links })
  return { containerId, apiPort, planned, hostPorts, renew }
}
