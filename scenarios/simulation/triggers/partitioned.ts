import { furtherCheckers } from '../../../chaos/checkers/list.ts'
import type { Trigger } from '../trigger.ts'

/** Four queues, and so few customers that each always has another order behind the one that is being carried out. */
export const partitioned: Pick<Trigger, 'settings' | 'promises'> = {
  settings: { PARTITIONS: '4' },
  promises: [furtherCheckers.noReorderedOrders()],
}

/** One of eight orders is the first of them; they come as they do from everybody else. */
export const eightCustomers = { noisyShare: 1 / 8, quietCount: 7, areCustomers: true } as const
