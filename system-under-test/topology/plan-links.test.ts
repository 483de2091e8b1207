import { describe, expect, it } from 'vitest'
import { planLinks, published } from './plan-links.ts'

describe('the links of a topology', () => {
  it('gives each replica a way of its own to everything that it talks to', () => {
    const names = planLinks({ api: 2, worker: 1 }).map((link) => link.name)
    expect(names).toEqual([
      'client->api-1',
      'client->api-2',
      'api-1->broker',
      'api-2->broker',
      'api-1->store',
      'api-2->store',
      'worker-1->broker',
      'worker-1->store',
    ])
  })

  it('listens on a port of its own for each', () => {
    const listens = planLinks({ api: 3, worker: 3 }).map((link) => link.listen)
    expect(new Set(listens).size).toBe(listens.length)
  })

  it('publishes each on the port that was found for it', () => {
    const links = planLinks({ api: 1, worker: 1 })
    expect(published(links, [1, 2, 3, 4, 5]).map((link) => link.host)).toEqual([1, 2, 3, 4, 5])
  })
})
