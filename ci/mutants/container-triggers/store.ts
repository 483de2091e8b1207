import { containerTrigger, onOne } from './container-trigger.ts'

/**
 * Most of what was stored by then is in the store's memory alone but for its log. A kill is enough: what the power
 * takes beyond that, `store-power-lost` asks.
 */
export const storeKilledUnderLoad = containerTrigger({
  name: 'store-killed-under-load',
  question: 'Is an order lost that the store had said it keeps, when the store dies?',
  load: { tailMs: 6_000 },
  faults: [onOne('container-kill', 'store', [4_000, 2_000])],
  convergeWithinMs: 90_000,
})
