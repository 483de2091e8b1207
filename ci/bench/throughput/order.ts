/** An order of one of very many customers: 512 bytes, always, of which nearly all are a note. */
export function orderText(): string {
  customer = (customer + 1) % customers
  return `${beforeCustomer}${String(customer).padStart(digits, '0')}${afterCustomer}`
}

// So many that none has more on its way than a partitioned service lets it have.
const customers = 10_000
const digits = 6
const [beforeCustomer, afterCustomer] = JSON.stringify({
  customer: 'customer-?',
  items: [{ sku: 'sku-1', quantity: 1 }],
  note: 'n'.repeat(433),
}).split('?') as [string, string]
let customer = 0

let given = 0
const from = Date.now().toString(36)

/** A key that was never used before, in this process or another one. */
export function freshKey(): string {
  given += 1
  return `${from}-${process.pid}-${given}`
}
