import type { ArrivalKind } from './arrival-kind.ts'
import { draw, drawBits, purposes } from './chance.ts'

/** What is wrong with an invalid order; every one must be refused at the door. */
export const defects = [
  'broken JSON',
  'no items',
  'quantity 0',
  'unknown field',
  'not an object',
  'oversized',
] as const

const scripts = [
  'grüße aus Köln',
  '東京の港から',
  'привет из порта',
  'שלום מהנמל',
  'مرحبا من الميناء',
  '🚢⚓🌊',
] as const

/** More than the service's limit of one MiB. */
const oversizedCharacters = 1_100_000

export interface PayloadOptions {
  /** 1 is another order under the same key. 0 if left out. */
  readonly version?: 0 | 1
  /** Whose order it is; one of 500 if left out. */
  readonly customer?: string
}

/**
 * The body of an order as it is sent: a function of the seed, the order's number, its kind and the options, so that a
 * repeat is the same text, byte for byte, without anything remembered.
 */
export function payloadOf(
  seed: number,
  n: number,
  kind: Exclude<ArrivalKind, 'repeat'>,
  { version = 0, customer = drawnCustomer(seed, n) }: PayloadOptions = {},
): string {
  if (kind === 'invalid') return invalidPayload(seed, n)
  if (kind !== 'poison' && kind !== 'large') return plainText(seed, n, version, customer)
  const order = orderOf(seed, n, version, customer)
  if (kind === 'poison') return JSON.stringify({ ...order, items: [{ sku: 'poison', quantity: 1 }] })
  return JSON.stringify({ ...order, note: largeNote(seed, n) })
}

/** The same text that JSON.stringify would make of the order; put together by hand, since most payloads are these. */
function plainText(seed: number, n: number, version: 0 | 1, customer: string): string {
  let items = ''
  const count = itemCount(seed, n)
  for (let index = 0; index < count; index += 1) {
    const bits = itemBits(seed, n, index)
    items += `${index === 0 ? '' : ','}{"sku":"sku-${bits % 1_000}","quantity":${1 + ((bits >>> 10) % 9)}}`
  }
  return `{"customer":"${customer}","items":[${items}],"note":"${noteOf(n, version)}"}`
}

const itemCount = (seed: number, n: number) => 1 + (drawBits(seed, n, purposes.items) & 3)
const itemBits = (seed: number, n: number, index: number) =>
  drawBits(seed, n, purposes.items + 10 * (index + 1))
const drawnCustomer = (seed: number, n: number) => `customer-${drawBits(seed, n, purposes.customer) % 500}`
const noteOf = (n: number, version: number) =>
  `${scripts[n % scripts.length]} ${n}${version === 0 ? '' : ' (changed)'}`

interface Order {
  readonly customer: string
  readonly items: readonly { readonly sku: string; readonly quantity: number }[]
  readonly note: string
}

function orderOf(seed: number, n: number, version: number, customer: string): Order {
  const items = Array.from({ length: itemCount(seed, n) }, (_, index) => {
    const bits = itemBits(seed, n, index)
    return { sku: `sku-${bits % 1_000}`, quantity: 1 + ((bits >>> 10) % 9) }
  })
  return { customer, items, note: noteOf(n, version) }
}

/** 150 to 450 kB of UTF-8: text of three scripts, and two to four bytes a character. */
function largeNote(seed: number, n: number): string {
  const block = `${scripts.join(' · ')} ${n} · `
  const characters = 70_000 + Math.floor(draw(seed, n, purposes.size) * 140_000)
  return block.repeat(Math.ceil(characters / block.length))
}

function invalidPayload(seed: number, n: number): string {
  const order = orderOf(seed, n, 0, drawnCustomer(seed, n))
  const defect = defects[
    Math.floor(draw(seed, n, purposes.defect) * defects.length)
  ] as (typeof defects)[number]
  switch (defect) {
    case 'broken JSON':
      return JSON.stringify(order).slice(0, -3)
    case 'no items':
      return JSON.stringify({ ...order, items: [] })
    case 'quantity 0':
      return JSON.stringify({ ...order, items: [{ sku: 'sku-1', quantity: 0 }] })
    case 'unknown field':
      return JSON.stringify({ ...order, discount: '100 %' })
    case 'not an object':
      return JSON.stringify([order])
    case 'oversized':
      return JSON.stringify({ ...order, note: `${n} `.padEnd(oversizedCharacters, 'x') })
  }
}
