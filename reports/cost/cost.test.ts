import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it } from 'vitest'
import type { RunData } from '../aggregate/run-data.ts'
import { passedPage } from '../render/page.fixture.ts'
import { estimateCosts, type Prices } from './cost.ts'
import { readPrices } from './read-prices.ts'

const prices = (await readPrices()) as Prices
const page = passedPage().data as RunData

/** A load of these arrivals a second, all accepted, by one replica that was seen to carry 100/s. */
function load(...perSecond: number[]): RunData {
  const ok = perSecond.reduce((sum, count) => sum + count, 0)
  const rates = { ...page.rates, delivered: perSecond, ok: perSecond.map((count) => Math.min(count, 100)) }
  return { ...page, binMs: 1_000, rates, total: { ...page.total, ok }, observations: [] }
}
const computing = (data: RunData) => estimateCosts(data, prices)?.ways.map((way) => way.computing) ?? []

describe('the cost of a million orders', () => {
  it('is that of the peak all the time, where capacity is fixed', () => {
    // Four replicas and a quarter more, so five, for four seconds, at the price of an hour, for 700 orders.
    const [fixed] = computing(load(100, 100, 100, 400))
    expect(fixed).toBeCloseTo((((5 * 4) / 3_600) * prices.replicaHour * 1e6) / 700)
  })

  it('is less where replicas follow the load, and not where the load never changes', () => {
    const [fixed = 0, scaled = 0] = computing(load(100, 100, 100, 100, 1_000))
    expect(scaled).toBeLessThan(fixed)
    const [steadyFixed = 0, steadyScaled = 0] = computing(load(100, 100, 100))
    expect(steadyScaled).toBeCloseTo(steadyFixed)
  })

  it('does not count seconds in which nothing arrives', () => {
    expect(computing(load(100, 0, 0, 0, 100))).toEqual(computing(load(100, 100)))
  })

  it('is nothing to speak of where nothing was accepted', () => {
    expect(estimateCosts({ ...page, total: { ...page.total, ok: 0 } }, prices)).toBeUndefined()
    expect(estimateCosts(load(), prices)).toBeUndefined()
  })
})

describe('the table of prices', () => {
  it('says what is wrong with it instead of stopping a report', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'seawall-prices-'))
    try {
      const path = join(folder, 'prices.json')
      await writeFile(path, JSON.stringify({ ...prices, replicaHour: -1, replicaHuor: 1 }))
      const problem = await readPrices(pathToFileURL(path))
      expect(problem).toMatch(/replicaHour/)
      expect(problem).toMatch(/replicaHuor/)
      expect(await readPrices(pathToFileURL(join(folder, 'none.json')))).toMatch(/ENOENT/)
    } finally {
      await rm(folder, { recursive: true })
    }
  })
})
