import type { LinkRecipe } from './toxiproxy-container.ts'

export interface Replicas {
  readonly api: number
  readonly worker: number
  /** More workers than `worker` may come, and go again: an autoscaler decides. None does where this is left out. */
  readonly workersMax?: number
}

export interface PlannedLink {
  /** worker-1->store */
  readonly name: string
  /** worker->store */
  readonly role: string
  readonly from: string
  readonly to: string
  readonly upstream: string
  /** The port inside Toxiproxy's container. */
  readonly listen: number
}

const firstListen = 21_001
/** Where the load generator looks whether it may begin. */
export const gateListen = firstListen - 1
/** What an autoscaler sees of the queue goes this way. */
const toManagement = {
  from: 'autoscaler',
  to: 'management',
  upstream: 'broker:15672',
  role: 'autoscaler->management',
}

/** Every way that goes through Toxiproxy: one proxy for each pair, so that one replica's link can break alone. */
export function planLinks(replicas: Replicas): readonly PlannedLink[] {
  const apis = numbered('api', replicas.api)
  const workers = numbered('worker', replicas.workersMax ?? replicas.worker)
  const pairs = [
    ...apis.map((to) => ({ from: 'client', to, upstream: `${to}:8080`, role: 'client->api' })),
    ...apis.map((from) => ({ from, to: 'broker', upstream: 'broker:5672', role: 'api->broker' })),
    ...apis.map((from) => ({ from, to: 'store', upstream: 'store:9042', role: 'api->store' })),
    ...workers.map((from) => ({ from, to: 'broker', upstream: 'broker:5672', role: 'worker->broker' })),
    ...workers.map((from) => ({ from, to: 'store', upstream: 'store:9042', role: 'worker->store' })),
    ...(replicas.workersMax === undefined ? [] : [toManagement]),
  ]
  return pairs.map((pair, index) => ({
    ...pair,
    name: `${pair.from}->${pair.to}`,
    listen: firstListen + index,
  }))
}

export function numbered(role: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${role}-${index + 1}`)
}

export function published(
  links: readonly PlannedLink[],
  hostPorts: readonly number[],
): readonly LinkRecipe[] {
  return links.map(({ name, upstream, listen }, index) => ({
    name,
    upstream,
    listen,
    host: hostPorts[index] as number,
  }))
}
