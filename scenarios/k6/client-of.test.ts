import { describe, expect, it } from 'vitest'
import { seedOf } from './chance.ts'
import { clientOf, customerOf, processOf } from './client-of.ts'

const seed = seedOf('clients')
const mix = { clients: { noisyShare: 0.7, quietCount: 5 } }

describe('the client of an order', () => {
  it('has no name unless the mix has clients', () => {
    expect(clientOf(seed, 1, {})).toBeUndefined()
    expect(processOf(undefined, 3)).toBe('k6/3')
  })

  it('is the noisy one in its share of the orders, and one of the quiet ones else', () => {
    const clients = Array.from({ length: 5_000 }, (_, n) => clientOf(seed, n, mix))
    const noisy = clients.filter((client) => client?.group === 'noisy')
    expect(noisy.length / clients.length).toBeCloseTo(0.7, 1)
    expect(new Set(noisy.map((client) => client?.name))).toEqual(new Set(['noisy']))
    const quiet = clients.filter((client) => client?.group === 'quiet')
    expect(new Set(quiet.map((client) => client?.name)).size).toBe(5)
    expect(processOf(quiet[0], 'cut')).toBe('quiet/cut')
  })

  it('is the customer too where clients order for themselves, and only there', () => {
    const clients = { ...mix.clients, areCustomers: true }
    for (const n of [1, 2, 3, 4, 5]) {
      expect(customerOf(seed, n, { clients })).toBe(clientOf(seed, n, mix)?.name)
      expect(customerOf(seed, n, mix)).toBeUndefined()
    }
    expect(customerOf(seed, 1, {})).toBeUndefined()
  })

  it('is the same one whoever asks', () => {
    expect(clientOf(seed, 77, mix)).toEqual(clientOf(seed, 77, mix))
  })
})
