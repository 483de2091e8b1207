import type Dockerode from 'dockerode'
import type { StartedTestContainer } from 'testcontainers'
import { Toxiproxy } from 'toxiproxy-node-client'
import { cpuWeight } from './cpu-weight.ts'
import { hello, untilAnswered, waitForAnswer } from './greeting.ts'
import { LoopbackContainer } from './loopback-container.ts'

/** One client's way to one server. `listen` is the port inside Toxiproxy's container, `host` where it is published. */
export interface LinkRecipe {
  /** worker-1->store */
  readonly name: string
  readonly upstream: string
  readonly listen: number
  readonly host: number
}

export interface ToxiproxyRecipe {
  readonly image: string
  readonly network: string
  readonly apiPort: number
  readonly links: readonly LinkRecipe[]
  readonly labels: Readonly<Record<string, string>>
  readonly name: string
}

export const toxiproxyAlias = 'links'

/** Names go into the paths of Toxiproxy's API as they are, so they keep to letters, digits and dashes. */
export function proxyNameOf(link: string): string {
  return link.replace('->', '-to-')
}

/**
 * 1 GiB: with 256 MiB the kernel killed it in two of two overloaded runs, and every link with it. Each virtual user
 * holds a connection to each replica, and each connection two buffers and two goroutines on both sides: 1,500 of them
 * are some 300 MB. Go is told to collect its garbage well before the limit.
 */
const memoryBytes = 1024 ** 3
const upWithinMs = 60_000

/** Toxiproxy with every link in place, before anything goes through it. */
export async function startToxiproxy(recipe: ToxiproxyRecipe): Promise<StartedTestContainer> {
  const started = await new LoopbackContainer(recipe.image)
    .withName(recipe.name)
    .join(recipe.network, toxiproxyAlias)
    .publish([
      { container: 8474, host: recipe.apiPort },
      ...recipe.links.map(({ listen, host }) => ({ container: listen, host })),
    ])
    .withLabels({ ...recipe.labels, 'seawall.name': toxiproxyAlias })
    .withEnvironment({ GOMEMLIMIT: '600MiB' })
    // It counts the bytes of each link: a client that found another way is seen by that.
    .withCommand(['-host=0.0.0.0', '-proxy-metrics'])
    .weigh(cpuWeight.measuring)
    .limitMemory(memoryBytes)
    .withWaitStrategy(untilAnswered(recipe.apiPort, hello.httpVersion, upWithinMs))
    .start()
  await createProxies(recipe)
  return started
}

/**
 * Starts it anew, with every link as it was made. Toxiproxy takes in the next connection of a link when the server answers
 * the one before: where a server is gone for good, whole requests wait there for a minute, and would go to the next
 * one of that name.
 */
export async function restartToxiproxy(
  container: Dockerode.Container,
  recipe: Pick<ToxiproxyRecipe, 'apiPort' | 'links'>,
): Promise<void> {
  await container.restart({ t: 0 })
  await waitForAnswer(container, recipe.apiPort, hello.httpVersion, upWithinMs)
  await createProxies(recipe)
}

async function createProxies({ apiPort, links }: Pick<ToxiproxyRecipe, 'apiPort' | 'links'>): Promise<void> {
  const api = new Toxiproxy(`http://127.0.0.1:${apiPort}`)
  for (const link of links) {
    await api.createProxy({
      name: proxyNameOf(link.name),
      listen: `0.0.0.0:${link.listen}`,
      upstream: link.upstream,
    })
  }
}
