import { describe, expect, it } from 'vitest'
import { bandwidth } from './bandwidth.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { linkFixture } from './link.fixture.ts'

describe('bandwidth', () => {
  it('is felt by the time that the bytes of an answer take, and gone after the heal', async () => {
    await using world = await linkFixture()
    const { link: target, context } = world
    // 400 bytes at 2 bytes a millisecond: 200 ms, told from one greeting.
    const options = { kilobytesPerS: 2 }
    const example = { kind: 'bandwidth', target, options, runId: context.runId }
    expect((await keepsTheContract(example)).evidence).toContain('bytes took at least')
  })

  it('is felt by the time that the bytes of a question take, where the way there is thin', async () => {
    await using world = await linkFixture()
    const options = { kilobytesPerS: 2, direction: 'upstream' } as const
    const example = { kind: 'bandwidth', target: world.link, options, runId: world.context.runId }
    expect((await keepsTheContract(example)).evidence).toContain('bytes took at least')
  })

  it('is felt by a long greeting where the server greets but once', async () => {
    await using world = await linkFixture({ greetsOnce: true })
    const options = { kilobytesPerS: 2, direction: 'upstream' } as const
    const example = { kind: 'bandwidth', target: world.link, options, runId: world.context.runId }
    expect((await keepsTheContract(example)).evidence).toContain('401 bytes took at least')
  })

  it('says so where no answer is long enough to show the rate', async () => {
    await using world = await linkFixture({ answersOnce: true })
    const options = { kilobytesPerS: 5_000, direction: 'downstream' } as const
    const fault = bandwidth.create(world.link, options, world.context)
    expect(await fault.isFelt(new AbortController().signal)).toEqual({
      felt: false,
      evidence: 'the longest answer, 400 bytes, is too short to show 5000 KB/s',
    })
  })
})
