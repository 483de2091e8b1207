import { describe, expect, it } from 'vitest'
import { fakeEngine } from './engine.fixture.ts'
import type { UndoStep } from './fault.ts'
import { firewallFixture } from './firewall.fixture.ts'
import { linkFixture } from './link.fixture.ts'
import { carryOut } from './undo-steps.ts'

describe('an undo step', () => {
  it('can be repeated, each of them', async () => {
    await using engine = await fakeEngine()
    const { run } = firewallFixture()
    const { containerId, docker } = engine.target()
    const steps: readonly UndoStep[] = [
      { do: 'container-start', containerId },
      { do: 'container-unpause', containerId },
      { do: 'container-update', containerId, limits: { CpuQuota: -1 } },
      { do: 'container-exec', containerId, argv: ['true'] },
      { do: 'network-connect', containerId, network: 'net', aliases: ['worker-1'], ipv4: '' },
      { do: 'rules-remove', containerId, comment: 'seawall-run-1-f1' },
      { do: 'qdisc-remove', containerId, device: 'eth0' },
    ]
    for (const step of [...steps, ...steps]) await carryOut(step, { docker, runId: 'run-1', run })
    expect(engine.state).toMatchObject({ running: true, paused: false })
  })

  it('has nothing to do for a container that is gone', async () => {
    await using engine = await fakeEngine()
    const step: UndoStep = { do: 'container-start', containerId: 'gone' }
    await expect(carryOut(step, { docker: engine.docker, runId: 'run-1' })).resolves.toBeUndefined()
  })

  it('never touches a container of another run', async () => {
    await using engine = await fakeEngine('run-2')
    const { containerId, docker } = engine.target()
    engine.state.paused = true
    const undo = carryOut({ do: 'container-unpause', containerId }, { docker, runId: 'run-1' })
    await expect(undo).rejects.toMatchObject({ code: 'HARNESS_TARGET_FOREIGN' })
    expect(engine.changes).toEqual([])
  })

  it('starts a container that is down to repair its files, but not for processes that ended with it', async () => {
    await using engine = await fakeEngine()
    const { containerId, docker } = engine.target()
    const exec = { do: 'container-exec', containerId, argv: ['true'] } as const
    engine.state.running = false
    await carryOut({ ...exec, downIsHealed: true }, { docker })
    expect(engine.state.running).toBe(false)
    await carryOut(exec, { docker })
    expect(engine.state.running).toBe(true)
  })

  it('thaws a paused container before it runs anything inside', async () => {
    await using engine = await fakeEngine()
    const { containerId, docker } = engine.target()
    engine.state.paused = true
    await carryOut({ do: 'container-exec', containerId, argv: ['true'] }, { docker })
    expect(engine.changes).toEqual(['unpause'])
  })

  it('that fails says why, and what to type', async () => {
    await using engine = await fakeEngine()
    engine.onExec = () => ({ exitCode: 1, stdout: 'read-only file system\n' })
    const { containerId, docker } = engine.target()
    const argv = ['rm', '-f', '/data/a b']
    await expect(carryOut({ do: 'container-exec', containerId, argv }, { docker })).rejects.toThrow(
      /HARNESS_HEAL_FAILED: .*exit code 1: read-only file system\nHint: heal by hand: docker exec c0ffee\w+ rm -f '\/data\/a b'/,
    )
  })

  it('takes toxics away, opens proxies and sends links home, and can repeat that', async () => {
    await using world = await linkFixture()
    const { toxiproxyUrl, proxyName, control } = world.link
    const upstream = `127.0.0.1:${control.port}`
    const steps: readonly UndoStep[] = [
      { do: 'toxic-remove', toxiproxyUrl, proxyName, toxic: 'f1-downstream' },
      { do: 'proxy-enable', toxiproxyUrl, proxyName },
      { do: 'proxy-upstream', toxiproxyUrl, proxyName, upstream },
    ]
    for (const step of [...steps, ...steps]) await carryOut(step)
    expect(world.toxiproxy.requests).toHaveLength(6)
  })

  it('says that Toxiproxy is not there', async () => {
    const world = await linkFixture()
    await world[Symbol.asyncDispose]()
    const { toxiproxyUrl, proxyName } = world.link
    await expect(carryOut({ do: 'proxy-enable', toxiproxyUrl, proxyName })).rejects.toThrow(
      /HARNESS_HEAL_FAILED: .*expected Toxiproxy to answer POST .*ECONNREFUSED.*\nHint: heal by hand: curl/,
    )
  })
})
