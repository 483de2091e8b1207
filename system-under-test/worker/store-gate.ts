import type { Clock } from '../clock.ts'
import type { Random } from '../random.ts'
import { backoffMs } from '../resilience/backoff.ts'
import type { OrderStore } from '../store/order-store.ts'

export interface StoreGate {
  /** Resolves when the store may be written to: at once, or when it is back; also when the signal is aborted. */
  opened(signal: AbortSignal): Promise<void>
  /** The store was found to be away. */
  shut(cause: string): void
  /** An order was carried out: the store does more than answer. */
  proven(): void
  isOpen(): boolean
}

export interface StoreGateOptions {
  readonly store: OrderStore
  readonly clock: Clock
  readonly random: Random
  readonly changed: (open: boolean, cause: string) => void
}

// A pause between 0.1 and 2 s: many looks would be load for a store that just gets up; resuming may take 5 s at most.
const pause = { leastMs: 100, firstMs: 200, maxMs: 2_000 }

/** While the store is away one look after another asks for it, instead of every order. Aborting ends the looks. */
export function createStoreGate(
  { store, clock, random, changed }: StoreGateOptions,
  ended: AbortSignal,
): StoreGate {
  let open = true
  let reopened: Promise<void> = Promise.resolve()
  /** Looks that said "back" before orders found it away all the same: then the pauses grow. */
  let falseStarts = 0

  async function lookUntilBack() {
    for (let failures = falseStarts + 1; !ended.aborted; failures += 1) {
      await clock.sleep(pause.leastMs + backoffMs(failures, random, pause), ended).catch(() => {})
      if (ended.aborted || (await store.ping())) break
    }
    open = true
    changed(true, 'the store answers')
  }

  return {
    isOpen: () => open,
    shut(cause) {
      if (!open || ended.aborted) return
      open = false
      falseStarts = Math.min(4, falseStarts + 1)
      changed(false, cause)
      reopened = lookUntilBack()
    },
    proven() {
      falseStarts = 0
    },
    async opened(signal) {
      if (open || signal.aborted) return
      const aborted = new Promise<void>((resolve) => {
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
      await Promise.race([reopened, aborted])
    },
  }
}
