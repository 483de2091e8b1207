import type { Order } from './order.ts'

/** Pieces of each article that an order asks for; lines that name the same one are added up. */
export function piecesOf({ items }: Order): ReadonlyMap<string, number> {
  const pieces = new Map<string, number>()
  for (const { sku, quantity } of items) pieces.set(sku, (pieces.get(sku) ?? 0) + quantity)
  return pieces
}

export interface HeldPieces {
  readonly sku: string
  readonly orderId: string
  readonly quantity: number
}

export interface StockSums {
  /** What the orders that are done ask for. */
  readonly ordered: number
  /** What is put aside. */
  readonly held: number
  /** Orders for which more or less is put aside than they ask for: a done one without its pieces, another one with some. */
  readonly astray: readonly string[]
}

/** What is put aside, beside the orders that are done: with nothing in between, they are the same. */
export function stockSums(done: ReadonlyMap<string, Order>, held: readonly HeldPieces[]): StockSums {
  const open = new Map([...done].map(([orderId, order]) => [orderId, new Map(piecesOf(order))]))
  const astray = new Set<string>()
  const ordered = sum([...open.values()].flatMap((pieces) => [...pieces.values()]))
  for (const { sku, orderId, quantity } of held) {
    const pieces = open.get(orderId)
    if (pieces?.get(sku) === quantity) pieces.delete(sku)
    else astray.add(orderId)
  }
  for (const [orderId, pieces] of open) if (pieces.size > 0) astray.add(orderId)
  return { ordered, held: sum(held.map(({ quantity }) => quantity)), astray: [...astray] }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
