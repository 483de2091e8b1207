import { LRUCache } from 'lru-cache'

export interface KnownKeys {
  /** The digest that this key was accepted with, as far as this replica remembers. */
  digestOf(orderId: string): string | undefined
  accepted(orderId: string, digest: string): void
}

/**
 * Keys that were accepted here and may not be stored yet. Written only after the broker's confirm, so that what is
 * remembered is true. Forgetting one costs a second publish, never a second effect: the worker's batch sees to that.
 */
export function createKnownKeys(max: number): KnownKeys {
  const digests = new LRUCache<string, string>({ max })
  return {
    digestOf: (orderId) => digests.get(orderId),
    accepted: (orderId, digest) => {
      digests.set(orderId, digest)
    },
  }
}
