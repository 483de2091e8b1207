import { describe, expect, it } from 'vitest'
import { linkFixture } from './link.fixture.ts'
import { addToxic, setEnabled, setUpstream, type Toxic, upstreamOf } from './toxiproxy.ts'

const toxic: Toxic = {
  name: 'f1-downstream',
  stream: 'downstream',
  type: 'latency',
  attributes: { latency: 100, jitter: 0 },
}

describe('Toxiproxy', () => {
  it('is not believed when it takes a toxic and keeps another', async () => {
    await using world = await linkFixture()
    world.toxiproxy.deaf = true
    await expect(addToxic(world.link, toxic)).rejects.toThrow(/expected Toxiproxy to keep .*but it kept/)
  })

  it('is not believed when it takes a change and does not keep it', async () => {
    await using world = await linkFixture()
    const answer = { name: 'link', enabled: true, upstream: 'elsewhere:1' }
    world.toxiproxy.answerInstead = answer
    await expect(setEnabled(world.link, false)).rejects.toThrow(
      'expected Toxiproxy to keep {"enabled":false}',
    )
    await expect(setUpstream(world.link, 'here:1')).rejects.toThrow('"upstream":"here:1"')
  })

  it("hands on the server's own words when it refuses", async () => {
    await using world = await linkFixture()
    await addToxic(world.link, toxic)
    await expect(addToxic(world.link, toxic)).rejects.toThrow(/got 409: .*toxic already exists/)
    const nowhere = { ...world.link, proxyName: 'no such/proxy' }
    await expect(setEnabled(nowhere, true)).rejects.toThrow(/no%20such%2Fproxy .*got 404: .*proxy not found/)
  })

  it('says where a link leads', async () => {
    await using world = await linkFixture()
    expect(await upstreamOf(world.link)).toBe(`127.0.0.1:${world.link.control.port}`)
  })

  it('ends with the reason of whoever ends it', async () => {
    await using world = await linkFixture()
    const reason = new Error('the assault is over')
    await expect(addToxic(world.link, toxic, AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
