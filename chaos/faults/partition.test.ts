import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { partition } from './partition.ts'
import { rulesFixture } from './rules.fixture.ts'

const signal = new AbortController().signal

describe('partition', () => {
  it('cuts the named pair and no other, both ways, and takes its rules back', async () => {
    await using world = await rulesFixture()
    const { engine, firewall, target } = world
    const context = { ...engine.context, run: firewall.run }
    const fault = partition.create(target, { from: ['store'] }, context)
    await fault.inject(signal)
    expect(firewall.rules.toSorted()).toEqual([
      '-A INPUT -s 172.20.0.7/32 -m comment --comment seawall-run-1-f1 -j DROP',
      '-A OUTPUT -d 172.20.0.7/32 -m comment --comment seawall-run-1-f1 -j DROP',
    ])
    await fault.heal()
    expect(firewall.rules).toEqual([])
  })

  it('is felt by silence towards each peer that answers this machine, and gone after the heal', async () => {
    await using world = await rulesFixture()
    const { engine, firewall, target } = world
    const example = { kind: 'partition', target, runId: engine.context.runId, run: firewall.run }
    const { evidence } = await keepsTheContract(example)
    expect(evidence).toContain('worker-1 to broker: no packet came back within 1 s')
    expect(evidence).toContain('this machine to store: refused at once')
  })

  it('is not felt where the peer answers nobody', async () => {
    await using world = await rulesFixture()
    world.firewall.away.add('172.20.0.7')
    const context = { ...world.engine.context, run: world.firewall.run }
    const fault = partition.create(world.target, { from: ['store'] }, context)
    await fault.inject(signal)
    expect((await fault.isFelt(signal)).felt).toBe(false)
  })

  it('refuses a peer that is not there', async () => {
    await using world = await rulesFixture()
    const context = { ...world.engine.context, run: world.firewall.run }
    const fault = partition.create(world.target, { from: ['stor'] }, context)
    await expect(fault.inject(signal)).rejects.toThrow(
      /peers of worker-1, got stor.*\n.*did you mean store\?/,
    )
  })

  it('touches no process of this machine that is not in the container: its Engine is elsewhere', async () => {
    await using world = await rulesFixture()
    const { engine, firewall, target } = world
    firewall.containerOf4242 = ''
    const fault = partition.create(target, {}, { ...engine.context, run: firewall.run })
    await expect(fault.inject(signal)).rejects.toMatchObject({ code: 'HARNESS_TARGET_FOREIGN' })
    await expect(fault.heal()).rejects.toMatchObject({ code: 'HARNESS_TARGET_FOREIGN' })
    expect(firewall.commands.filter((command) => command !== 'cat /proc/4242/cgroup')).toEqual([])
  })
})
