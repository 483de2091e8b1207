/** The same order for all: 512 bytes, of which nearly all are a note. */
export const orderText = JSON.stringify({
  customer: 'customer-1',
  items: [{ sku: 'sku-1', quantity: 1 }],
  note: 'n'.repeat(438),
})

let given = 0
const from = Date.now().toString(36)

/** A key that was never used before, in this process or another one. */
export function freshKey(): string {
  given += 1
  return `${from}-${process.pid}-${given}`
}
