import type { Clock } from '../kernel/clock.ts'
import { HarnessError } from '../kernel/errors.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { inspect } from './docker-engine.ts'
import { bytesOfLooks } from './link-looks.ts'
import type { ContainerTarget, LinkTarget, Target } from './target.ts'
import { bytesFromClients, setEnabled } from './toxiproxy.ts'

/** A run's watch over the proxies of its links: does the traffic of a link really pass the proxy that is broken? */
export interface ProxyWatch {
  /**
   * Why the faults on these links prove nothing, in words; empty where clients of each were heard in its proxy. Ends
   * the open connections of these links, because Toxiproxy counts a connection's bytes at its end: ask last.
   */
  bypassed(links: readonly string[]): Promise<readonly string[]>
}

// 10 s: Toxiproxy counts a connection within milliseconds of its end, on a machine that has nothing else to do.
const countedWithinMs = 10_000

/**
 * Begins to count. A client that finds another way (by the addresses that a store tells of its nodes, by a setting)
 * makes every fault on its link a fault that nobody but our own looks can feel.
 */
export async function watchProxies(targets: readonly Target[], clock: Clock): Promise<ProxyWatch> {
  const links = targets.filter((target) => target.kind === 'link')
  // Proxies may be older than this run. Where they cannot be asked yet, everything is counted as this run's.
  const before = new Map<LinkTarget, number>()
  for (const link of links) before.set(link, await bytesFromClients(link).catch(() => 0))
  const neverRan = await watchWhoIsDown(targets)
  return {
    async bypassed(names) {
      const asked = links.filter(({ name }) => names.includes(name))
      const problems = await Promise.all(
        asked.map((link) => problemOf(link, { before: before.get(link) ?? 0, clock, neverRan })),
      )
      return problems.filter((problem) => problem !== undefined)
    },
  }
}

/** Asks whether a container that was down from the beginning (a worker that an autoscaler may start) has still not run. */
async function watchWhoIsDown(targets: readonly Target[]): Promise<(name: string) => Promise<boolean>> {
  const containers = targets.filter((target) => target.kind === 'container')
  const stateOf = async ({ docker, containerId }: ContainerTarget) =>
    (await inspect(docker, containerId).catch(() => undefined))?.State
  const states = await Promise.all(containers.map(async (each) => [each, await stateOf(each)] as const))
  const down = new Map(
    states.flatMap(([each, state]) => (state?.Running === false ? [[each.name, { each, state }]] : [])),
  )
  return async (name) => {
    const known = down.get(name)
    return known !== undefined && (await stateOf(known.each))?.StartedAt === known.state.StartedAt
  }
}

interface ProblemFacts {
  readonly before: number
  readonly clock: Clock
  readonly neverRan: (name: string) => Promise<boolean>
}

async function problemOf(
  link: LinkTarget,
  { before, clock, neverRan }: ProblemFacts,
): Promise<string | undefined> {
  const heard = async () => {
    const total = await bytesFromClients(link)
    // Fewer than before: it was started anew, and counts from zero.
    return total - (total < before ? 0 : before) > bytesOfLooks(link)
  }
  try {
    if (await heard()) return undefined
    // worker-6->store
    if (await neverRan(link.name.split('->')[0] as string)) return undefined
    await setEnabled(link, false)
    try {
      await waitUntil(heard, { clock, what: 'bytes of a client', deadlineMs: countedWithinMs })
    } finally {
      await setEnabled(link, true)
    }
    return undefined
  } catch (error) {
    const why = (error as Error).message.split('\n')[0]
    if (!(error instanceof HarnessError && error.code === 'HARNESS_DEADLINE_PASSED'))
      return `a fault was played on ${link.name}, and its proxy could not be asked whom it heard (${why}): read links.log`
    return (
      `a fault was played on ${link.name}, but nobody was heard in its proxy beside our own looks ` +
      `(${bytesOfLooks(link)} bytes): its client has another way (${why}); look at which address the client was told`
    )
  }
}
