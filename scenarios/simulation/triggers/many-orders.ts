import type { Trigger } from '../trigger.ts'

/** Enough orders for keys to collide where they are shortened: of 800, some 60 share twelve bits with another one. */
export const manyOrders: Trigger = {
  name: 'many-orders',
  description: 'three times as many orders as usual, without a fault',
  load: { orders: 800 },
  faults: () => [],
}
