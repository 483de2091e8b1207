import type { OrderState } from './order-store.ts'

/**
 * What a row of the store proves to somebody who reads everything back: the effects of an order that is done; none of one
 * that is still between its steps, whatever was written for it; and undefined where the row only remembers that the order was
 * refused, which is then in the dead letters, or nowhere.
 */
export function effectsSeen(state: OrderState, effectIds: readonly string[]): readonly string[] | undefined {
  if (state === 'done') return effectIds
  return state === 'refused' && effectIds.length === 0 ? undefined : []
}
