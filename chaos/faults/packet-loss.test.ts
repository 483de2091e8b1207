import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { synRetransmissions } from './packet-loss.ts'
import { rulesFixture } from './rules.fixture.ts'

describe('packet-loss', () => {
  it('is felt by late exchanges that the kernel had to open again, and gone after the heal', async () => {
    await using world = await rulesFixture()
    const { engine, firewall, target } = world
    const example = { kind: 'packet-loss', target, runId: engine.context.runId, run: firewall.run }
    const { evidence } = await keepsTheContract(example)
    expect(evidence).toMatch(/^2 of 24 exchanges with broker came late, 0 of as many from this machine/)
  })

  it("reads the kernel's count of opening packets that were sent again", () => {
    const text = 'TcpExt: A TCPSynRetrans B\nTcpExt: 1 42 3\nIpExt: X\nIpExt: 9\n'
    expect(synRetransmissions(text)).toBe(42)
    expect(synRetransmissions('')).toBe(0)
  })
})
