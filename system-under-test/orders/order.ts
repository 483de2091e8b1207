import { z } from 'zod'

const orderShape = z.strictObject({
  customer: z.string().min(1).max(64),
  items: z
    .array(z.strictObject({ sku: z.string().min(1).max(64), quantity: z.int().min(1).max(1_000) }))
    .min(1)
    .max(100),
  note: z.string().optional(),
})

export type Order = z.infer<typeof orderShape>

/** `unreadable`: no JSON at all. `invalid`: JSON that is no order, with every problem. */
export type ParsedOrder =
  | { readonly kind: 'order'; readonly order: Order }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'invalid'; readonly problems: readonly string[] }

const problemsMax = 10

/** Reads an order from a request's text. Fields that no order has are refused, not ignored. */
export function parseOrder(payload: string): ParsedOrder {
  const json = parseJson(payload)
  if (json === undefined) return { kind: 'unreadable' }
  const parsed = orderShape.safeParse(json)
  if (parsed.success) return { kind: 'order', order: parsed.data }
  const problems = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'order'}: ${issue.message}`)
  return { kind: 'invalid', problems: problems.slice(0, problemsMax) }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** Skus that begin so are in no warehouse. That is found out only when the order is carried out. */
const nowhere = ['unknown-', 'poison']

/** Why a valid order can never be carried out, however often it is tried; undefined if it can. */
export function impossibility(order: Order): string | undefined {
  const item = order.items.find(({ sku }) => nowhere.some((prefix) => sku.startsWith(prefix)))
  return item === undefined ? undefined : `no warehouse has ${item.sku}`
}
