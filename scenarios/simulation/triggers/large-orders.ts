import type { Trigger } from '../trigger.ts'

export const largeOrders: Trigger = {
  name: 'large-orders',
  description: 'one order in ten has ninety kilobytes of text that is not ASCII',
  load: { orders: 120, largeShare: 0.1 },
  faults: () => [],
}
