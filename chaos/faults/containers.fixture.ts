import { randomUUID } from 'node:crypto'
import Dockerode from 'dockerode'
import { realClock } from '../kernel/clock.ts'
import { waitUntil } from '../kernel/wait-until.ts'
import { converse } from '../probes/converse.ts'
import { formatLease, leaseLabel, leaseOf } from '../safety/lease.ts'
import { startKeeper } from './disk-keeper.fixture.ts'
import { runLabel } from './docker-engine.ts'
import { newestImage } from './images.fixture.ts'
import type { ContainerTarget, HostPort, LinkTarget } from './target.ts'

/** Small real containers of one run: two alike, one behind a Toxiproxy, one under libfaketime, one with a disk. */
export interface ContainersFixture extends AsyncDisposable {
  readonly runId: string
  readonly docker: Dockerode
  readonly echo: ContainerTarget
  readonly clock: ContainerTarget
  readonly disk: ContainerTarget
  readonly link: LinkTarget
  readonly http: LinkTarget
}

const port = 7_000
const httpPort = 7_001
const hello = Buffer.from('hello\n')
/** Answers every line with 400 bytes, and every HTTP request; ends when it is asked to. */
const program = `
const answer = Buffer.alloc(400, 'a')
process.on('SIGTERM', () => process.exit(143))
require('node:net').createServer((socket) => {
  socket.on('error', () => {})
  socket.on('data', (chunk) => { for (const byte of chunk) if (byte === 10) socket.write(answer) })
}).listen(${port})
require('node:http').createServer((_request, response) => response.end('here')).listen(${httpPort})`

const fakeTimeFile = '/dev/shm/fake-time'
const underFakeTime = [
  'LD_PRELOAD=/usr/local/lib/libfaketime.so.1',
  `FAKETIME_TIMESTAMP_FILE=${fakeTimeFile}`,
  'FAKETIME_NO_CACHE=1',
  'FAKETIME_DONT_FAKE_MONOTONIC=1',
]

interface Recipe {
  readonly name: string
  readonly image: string
  readonly ports: readonly number[]
  readonly argv?: readonly string[]
  readonly env?: readonly string[]
  /** Its data on this volume; else on a small one of its own, in memory. */
  readonly volume?: string
}

export async function containersFixture(): Promise<ContainersFixture> {
  const docker = new Dockerode()
  const runId = `contract-${randomUUID().slice(0, 8)}`
  // Signed, so that what a killed test leaves behind can be told from what a living one needs.
  const labels = { [runLabel]: runId, [leaseLabel]: formatLease(await leaseOf()) }
  const remove = () => removeAll(docker, runId)
  try {
    const node = await newestImage(docker, 'node')
    const toxiproxy = await newestImage(docker, 'toxiproxy')
    await docker.createNetwork({ Name: runId, Labels: labels })
    const echo = { image: node, ports: [port, httpPort], argv: ['-e', program] }
    const start = (recipe: Recipe) => startContainer(docker, recipe, { network: runId, labels })
    const keeper = await startKeeper(docker, { image: node, network: runId, labels })
    const [one, , server, links, clock, disk] = await Promise.all([
      start({ ...echo, name: 'echo-1' }),
      start({ ...echo, name: 'echo-2' }),
      start({ ...echo, name: 'server' }),
      start({ name: 'links', image: toxiproxy, ports: [8_474, 9_000, 9_001] }),
      start({ ...echo, name: 'clock-1', env: underFakeTime }),
      start({ ...echo, name: 'disk-1', volume: runId }),
    ])
    const fixture = {
      runId,
      docker,
      echo: targetOf(docker, runId, 'echo-1', one),
      clock: targetOf(docker, runId, 'clock-1', clock),
      disk: { ...targetOf(docker, runId, 'disk-1', disk), disk: keeper },
      ...(await linksThrough(docker, { runId, links, server })),
      [Symbol.asyncDispose]: remove,
    }
    for (const target of [
      fixture.echo,
      fixture.clock,
      fixture.disk,
      targetOf(docker, runId, 'server', server),
    ]) {
      await untilAnswers(target)
    }
    return fixture
  } catch (error) {
    await remove()
    throw error
  }
}

/** Waits until the container greets again; after a heal it needs the time of its own start. */
export async function untilAnswers(target: ContainerTarget): Promise<void> {
  await waitUntil(() => target.answers(2_000), {
    clock: realClock,
    what: `${target.name} to answer`,
    deadlineMs: 60_000,
  })
}

async function startContainer(
  docker: Dockerode,
  recipe: Recipe,
  run: { readonly network: string; readonly labels: Record<string, string> },
): Promise<string> {
  const container = await docker.createContainer({
    name: `${run.network}-${recipe.name}`,
    Image: recipe.image,
    Hostname: recipe.name,
    Labels: { ...run.labels, 'seawall.name': recipe.name },
    ...(recipe.argv === undefined ? {} : { Cmd: [...recipe.argv] }),
    ...(recipe.env === undefined ? {} : { Env: [...recipe.env] }),
    ExposedPorts: Object.fromEntries(recipe.ports.map((exposed) => [`${exposed}/tcp`, {}])),
    HostConfig: {
      CapDrop: ['ALL'],
      SecurityOpt: ['no-new-privileges'],
      Memory: 192 * 1024 ** 2,
      MemorySwap: 192 * 1024 ** 2,
      ...(recipe.volume === undefined
        ? { Tmpfs: { '/data': 'size=4m,mode=1777' } }
        : { Binds: [`${recipe.volume}:/data`] }),
      PortBindings: Object.fromEntries(
        recipe.ports.map((exposed) => [`${exposed}/tcp`, [{ HostIp: '127.0.0.1', HostPort: '' }]]),
      ),
    },
    NetworkingConfig: { EndpointsConfig: { [run.network]: { Aliases: [recipe.name] } } },
  })
  await container.start()
  return container.id
}

function targetOf(docker: Dockerode, runId: string, name: string, containerId: string): ContainerTarget {
  return {
    kind: 'container',
    name,
    role: name.replace(/-\d+$/, ''),
    capabilities: new Set([
      'killable',
      'pausable',
      'throttleable',
      'partitionable',
      'clock-skewable',
      'disk-fillable',
      'power-losable',
      'resolving',
      'store',
    ]),
    containerId,
    docker,
    dataPath: '/data',
    fakeTimeFile,
    peers: () => addressesOf(docker, runId),
    async answers(timeoutMs) {
      const at = await published(docker, containerId, port).catch(() => undefined)
      if (at === undefined) return false
      return (await converse({ ...at, send: hello, clock: realClock, timeoutMs })).bytes > 0
    },
  }
}

async function addressesOf(docker: Dockerode, runId: string): Promise<ReadonlyMap<string, string>> {
  const all = await docker.listContainers({ filters: { label: [`${runLabel}=${runId}`] } })
  const addresses = all.map(
    ({ Labels, NetworkSettings }) =>
      [Labels['seawall.name'] ?? '', NetworkSettings.Networks[runId]?.IPAddress ?? ''] as const,
  )
  // Who keeps a disk has no network, and is nobody's peer.
  return new Map(addresses.filter(([, address]) => address !== ''))
}

/** Looked up each time: a container gets a new host port at every start. */
async function published(docker: Dockerode, containerId: string, exposed: number): Promise<HostPort> {
  const { NetworkSettings } = await docker.getContainer(containerId).inspect()
  const binding = NetworkSettings.Ports[`${exposed}/tcp`]?.[0]
  if (binding === undefined) throw new Error(`port ${exposed} of ${containerId} is not published now`)
  return { host: '127.0.0.1', port: Number(binding.HostPort) }
}

async function linksThrough(
  docker: Dockerode,
  { runId, links, server }: { readonly runId: string; readonly links: string; readonly server: string },
): Promise<Pick<ContainersFixture, 'link' | 'http'>> {
  const api = await published(docker, links, 8_474)
  const toxiproxyUrl = `http://127.0.0.1:${api.port}`
  const through = async (proxyName: string, listen: number, serverPort: number) => {
    const proxy = { name: proxyName, listen: `0.0.0.0:${listen}`, upstream: `server:${serverPort}` }
    const create = async () => {
      const response = await fetch(`${toxiproxyUrl}/proxies`, { method: 'POST', body: JSON.stringify(proxy) })
      return response.ok || response.status === 409
    }
    await waitUntil(create, { clock: realClock, what: 'Toxiproxy to answer', deadlineMs: 60_000 })
    return {
      kind: 'link',
      name: `client->${proxyName}`,
      role: 'client->server',
      toxiproxyUrl,
      proxyName,
      proxied: await published(docker, links, listen),
      control: await published(docker, server, serverPort),
    } as const
  }
  const network = await docker.getNetwork(runId).inspect()
  return {
    link: { ...(await through('server', 9_000, port)), capabilities: new Set(['proxied']), hello },
    http: {
      ...(await through('http', 9_001, httpPort)),
      capabilities: new Set(['proxied', 'http']),
      hello: Buffer.from('GET / HTTP/1.1\r\nHost: server\r\nConnection: close\r\n\r\n'),
      harnessHost: network.IPAM?.Config?.[0]?.Gateway ?? '',
    },
  }
}

async function removeAll(docker: Dockerode, runId: string): Promise<void> {
  const filters = { label: [`${runLabel}=${runId}`] }
  const containers = await docker.listContainers({ all: true, filters })
  await Promise.all(containers.map(({ Id }) => docker.getContainer(Id).remove({ force: true, v: true })))
  for (const { Id } of await docker.listNetworks({ filters })) await docker.getNetwork(Id).remove()
  const { Volumes } = await docker.listVolumes({ filters })
  for (const { Name } of Volumes ?? []) await docker.getVolume(Name).remove()
}
