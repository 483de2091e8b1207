import type { JourneyMix } from '../profiles/load-profile.ts'
import { draw, drawBits, purposes } from './chance.ts'

export const clientGroups = ['noisy', 'quiet'] as const
export type ClientGroup = (typeof clientGroups)[number]

/** Who sends an order, where clients have names. */
export interface Client {
  readonly group: ClientGroup
  /** What it calls itself to the service: noisy, quiet-3. */
  readonly name: string
}

/** The client whose order number `n` is, the same one each time it is asked; undefined where clients have no names. */
export function clientOf(
  seed: number,
  n: number,
  { clients }: Pick<JourneyMix, 'clients'>,
): Client | undefined {
  if (clients === undefined) return undefined
  if (draw(seed, n, purposes.client) < clients.noisyShare) return { group: 'noisy', name: 'noisy' }
  const number = 1 + (drawBits(seed, n, purposes.clientNumber) % clients.quietCount)
  return { group: 'quiet', name: `quiet-${number}` }
}

/** Whose order number `n` is, where clients order for themselves; undefined where customers are drawn apart from them. */
export function customerOf(seed: number, n: number, mix: Pick<JourneyMix, 'clients'>): string | undefined {
  return mix.clients?.areCustomers === true ? clientOf(seed, n, mix)?.name : undefined
}

/** The process under which an attempt is in the history. Its first part is the group, by which an objective tells them apart. */
export function processOf(client: Client | undefined, virtualUser: number | 'cut'): string {
  return `${client?.group ?? 'k6'}/${virtualUser}`
}
