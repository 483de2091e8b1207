import { describe, expect, it } from 'vitest'
import { containerKill } from './container-kill.ts'
import { fakeEngine } from './engine.fixture.ts'

const signal = new AbortController().signal

describe('container-kill', () => {
  it('is felt by exit code and end, and the heal starts the same container again', async () => {
    await using engine = await fakeEngine()
    const fault = containerKill.create(engine.target(), { signal: 'SIGKILL' }, engine.context)
    expect((await fault.isFelt(signal)).felt).toBe(false)
    await fault.inject(signal)
    const feeling = await fault.isFelt(signal)
    expect(feeling.felt).toBe(true)
    expect(feeling.evidence).toMatch(/exit code 137 at 2026-01-01T00:00:09.* no answer/)
    await fault.heal()
    await fault.heal()
    expect((await fault.isFelt(signal)).felt).toBe(false)
    expect(engine.changes).toEqual(['kill?signal=SIGKILL', 'start', 'start'])
  })

  it('is not felt if the kill never happened', async () => {
    await using engine = await fakeEngine()
    const fault = containerKill.create(engine.target(), { signal: 'SIGKILL' }, engine.context)
    await fault.undo()
    expect(await fault.isFelt(signal)).toEqual({
      felt: false,
      evidence: 'worker-1 runs since 2026-01-01T00:00:00.000000001Z',
    })
  })

  it('never touches a container of another run', async () => {
    await using engine = await fakeEngine()
    engine.state.labels = { 'seawall.run': 'run-2' }
    const fault = containerKill.create(engine.target(), { signal: 'SIGKILL' }, engine.context)
    await expect(fault.inject(signal)).rejects.toThrow(
      /HARNESS_TARGET_FOREIGN: expected .*seawall.run=run-1, got worker-1 with seawall.run=run-2/,
    )
    await expect(fault.heal()).rejects.toThrow('HARNESS_TARGET_FOREIGN')
    expect(engine.changes).toEqual([])
  })
})
