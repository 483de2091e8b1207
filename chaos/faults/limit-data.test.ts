import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { limitData } from './limit-data.ts'
import { linkFixture } from './link.fixture.ts'

describe('limit-data', () => {
  it('is felt as an answer that ends at the limit, and gone after the heal', async () => {
    await using world = await linkFixture()
    const { link: target, context } = world
    const { evidence } = await keepsTheContract({ kind: 'limit-data', target, runId: context.runId })
    expect(evidence).toContain('closed after 64 bytes through the proxy')
  })

  it('says so where no answer is longer than the limit', async () => {
    await using world = await linkFixture({ answersOnce: true })
    const fault = limitData.create(world.link, { bytes: 4_000 }, world.context)
    const { felt, evidence } = await fault.isFelt(new AbortController().signal)
    expect({ felt, evidence }).toMatchObject({ felt: false, evidence: expect.stringContaining('not longer') })
  })
})
