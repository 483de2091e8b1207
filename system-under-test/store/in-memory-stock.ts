import type { Reservation, ReservationOutcome } from './order-store.ts'

/** What was put aside for an order, and whether it still is. */
export interface StockRow extends Reservation {
  readonly state: 'held' | 'released'
}

export type Stock = Map<string, StockRow>

const keyOf = ({ sku, orderId }: Reservation) => `${sku} ${orderId}`

/** Only where nothing is: what was released stays so. */
export function hold(stock: Stock, reservation: Reservation): ReservationOutcome {
  const key = keyOf(reservation)
  if (!stock.has(key)) stock.set(key, { ...reservation, state: 'held' })
  return { kind: 'settled' }
}

/** Also where nothing is yet: a hold that is on its way then comes too late. */
export function release(stock: Stock, reservation: Reservation): ReservationOutcome {
  stock.set(keyOf(reservation), { ...reservation, state: 'released' })
  return { kind: 'settled' }
}
