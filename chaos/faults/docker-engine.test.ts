import { describe, expect, it } from 'vitest'
import { engineLacks, execIn, inspect, inspectOwn } from './docker-engine.ts'
import { fakeEngine } from './engine.fixture.ts'

describe('the Engine', () => {
  it('shows a container of this run, and refuses one of another or of nobody', async () => {
    await using engine = await fakeEngine()
    const { containerId, docker } = engine.target()
    expect((await inspectOwn(docker, containerId, 'run-1')).Name).toBe('/worker-1')
    await expect(inspectOwn(docker, containerId, 'run-2')).rejects.toMatchObject({
      code: 'HARNESS_TARGET_FOREIGN',
    })
    engine.state.labels = {}
    await expect(inspectOwn(docker, containerId, 'run-1')).rejects.toThrow(
      'with no such label; it was not touched',
    )
  })

  it('knows nothing of a container that is gone', async () => {
    await using engine = await fakeEngine()
    expect(await inspect(engine.docker, 'gone')).toBeUndefined()
    const look = inspectOwn(engine.docker, 'gone', 'run-1')
    await expect(look).rejects.toMatchObject({ code: 'HARNESS_TARGET_UNREACHABLE' })
  })

  it('runs a command inside and reads what it printed and how it ended', async () => {
    await using engine = await fakeEngine()
    engine.onExec = (argv) => ({ stdout: argv.join(' '), exitCode: 3 })
    const result = await execIn(engine.docker, engine.target().containerId, ['echo', 'a'])
    expect(result).toEqual({ exitCode: 3, stdout: 'echo a', stderr: '' })
  })

  it('does not wait for ever for a command that does not end', async () => {
    await using engine = await fakeEngine()
    engine.onExec = () => ({ hangs: true })
    const exec = execIn(engine.docker, engine.target().containerId, ['sleep', '9'], { timeoutMs: 20 })
    await expect(exec).rejects.toThrow(/HARNESS_DEADLINE_PASSED: expected `sleep 9` to end .* within 20 ms/)
  })

  it('says which limits its kernel lacks', async () => {
    await using engine = await fakeEngine()
    expect(await engineLacks('CpuCfsQuota', engine.docker)).toBeUndefined()
    expect(await engineLacks('MemoryLimit', engine.docker)).toContain('lacks MemoryLimit')
  })
})
