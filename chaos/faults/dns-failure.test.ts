import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { dnsFailure } from './dns-failure.ts'
import { rulesFixture } from './rules.fixture.ts'

describe('dns-failure', () => {
  it('is felt by look-ups that fail inside, and gone after the heal', async () => {
    await using world = await rulesFixture()
    const { engine, firewall, target } = world
    engine.onExec = () =>
      firewall.rules.length > 0 ? { exitCode: 2 } : { stdout: '172.20.0.6      broker\n' }
    const example = { kind: 'dns-failure', target, runId: engine.context.runId, run: firewall.run }
    const { evidence } = await keepsTheContract(example)
    expect(evidence).toBe('worker-1 looks up broker and does not find it, three times')
  })

  it('tells a look-up that could not be tried from one that failed', async () => {
    await using world = await rulesFixture()
    world.engine.onExec = () => ({ exitCode: 127 })
    const fault = dnsFailure.create(world.target, { name: 'broker' }, world.engine.context)
    expect((await fault.isFelt(new AbortController().signal)).felt).toBe(false)
  })
})
