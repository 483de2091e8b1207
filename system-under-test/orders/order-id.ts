/** An order is named by its client: the idempotency key is its id, for ever and in every place. */
const orderIdPattern = /^[A-Za-z0-9_-]{1,80}$/

export function isOrderId(text: string | undefined): text is string {
  return text !== undefined && orderIdPattern.test(text)
}
