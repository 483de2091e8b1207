import type Docker from 'dockerode'
import { runLabel } from '../faults/docker-engine.ts'
import { holderOf, leaseLabel, parseLease } from './lease.ts'
import { removeRun, type Sweep } from './remove-run.ts'

/** Something of a run that is still in the Engine though the run's harness is not alive here. */
export interface Residue {
  readonly kind: 'container' | 'network' | 'volume'
  readonly name: string
  readonly runId: string
  /** A container's state: running, paused, exited; `present` for the others. */
  readonly state: string
  /**
   * `dead`: the harness that made it is gone, and it can be removed. `elsewhere`: another machine's harness made it on
   * this Engine. `unsigned`: it carries no lease, so nobody can say whose it is. The last two are never touched.
   */
  readonly holder: 'dead' | 'elsewhere' | 'unsigned'
  /** The command that removes it by hand. */
  readonly byHand: string
}

interface Found {
  readonly kind: Residue['kind']
  readonly name: string
  readonly state: string
  readonly labels: Readonly<Record<string, string>>
}

/** Everything that runs left in this Engine, side-by-side runs of living harnesses left out; sorted by run and name. */
export async function findResidue(docker: Docker): Promise<Residue[]> {
  const found = await findLabelled(docker)
  const holders = new Map<string, Residue['holder'] | 'alive'>()
  for (const { labels } of found) {
    const lease = labels[leaseLabel] ?? ''
    if (!holders.has(lease)) holders.set(lease, await holderBy(lease))
  }
  return found
    .flatMap(({ kind, name, state, labels }): Residue[] => {
      const holder = holders.get(labels[leaseLabel] ?? '') ?? 'unsigned'
      if (holder === 'alive') return []
      return [{ kind, name, state, holder, runId: labels[runLabel] ?? '', byHand: removalByHand(kind, name) }]
    })
    .sort((one, other) => (`${one.runId} ${one.name}` < `${other.runId} ${other.name}` ? -1 : 1))
}

/** Removes what dead harnesses left, run by run, and nothing else. Faults inside go with their containers. */
export async function healResidue(docker: Docker, residue: readonly Residue[]): Promise<Sweep> {
  const removed: string[] = []
  const left: string[] = []
  for (const runId of new Set(residue.filter(({ holder }) => holder === 'dead').map((one) => one.runId))) {
    const sweep = await removeRun(docker, runId)
    removed.push(...sweep.removed)
    left.push(...sweep.left)
  }
  return { removed, left }
}

async function findLabelled(docker: Docker): Promise<Found[]> {
  const filters = { label: [runLabel] }
  const [containers, networks, { Volumes: volumes }] = await Promise.all([
    docker.listContainers({ all: true, filters }),
    docker.listNetworks({ filters }),
    docker.listVolumes({ filters }),
  ])
  return [
    ...containers.map(({ Names, Id, State, Labels }) => ({
      kind: 'container' as const,
      name: (Names[0] ?? Id).replace(/^\//, ''),
      state: State,
      labels: Labels,
    })),
    ...networks.map(({ Name, Labels }) => ({
      kind: 'network' as const,
      name: Name,
      state: 'present',
      labels: Labels ?? {},
    })),
    ...(volumes ?? []).map(({ Name, Labels }) => ({
      kind: 'volume' as const,
      name: Name,
      state: 'present',
      labels: Labels ?? {},
    })),
  ]
}

async function holderBy(text: string): Promise<Residue['holder'] | 'alive'> {
  const lease = parseLease(text)
  return lease === undefined ? 'unsigned' : holderOf(lease)
}

function removalByHand(kind: Residue['kind'], name: string): string {
  return kind === 'container' ? `docker rm -f -v ${name}` : `docker ${kind} rm ${name}`
}
