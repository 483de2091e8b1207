import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { httpLinkFixture } from './http-link.fixture.ts'
import { responseLost } from './response-lost.ts'

const signal = new AbortController().signal
// A kept connection would be one that the fault has ended.
const headers = { connection: 'close' }

describe('response-lost', () => {
  it('is felt by requests that end without a byte, and gone after the heal', async () => {
    await using world = await httpLinkFixture()
    const { link: target, context } = world
    const options = { share: 0.5 }
    const example = { kind: 'response-lost', target, options, runId: context.runId }
    expect((await keepsTheContract(example)).evidence).toMatch(/ 0 around it$/)
  })

  it('lets the server carry out what it hides the answer of', async () => {
    await using world = await httpLinkFixture()
    const fault = responseLost.create(world.link, { share: 1 }, world.context)
    await fault.inject(signal)
    const { port } = world.link.proxied
    const asking = fetch(`http://127.0.0.1:${port}/orders`, { method: 'POST', body: 'one', headers })
    await expect(asking).rejects.toThrow()
    expect(world.served).toEqual(['POST /orders one'])
    await fault.heal()
  })
})
