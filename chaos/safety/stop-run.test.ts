import { describe, expect, it } from 'vitest'
import { fakeClock } from '../kernel/fake-clock.ts'
import { formatLease, type Holder } from './lease.ts'
import type { FoundLease } from './lease-file.ts'
import { type StopWorld, stopRun } from './stop-run.ts'

const lease: FoundLease = {
  runId: 'run-1',
  lease: formatLease({ host: 'laptop', boot: 'b', pid: 42, started: '1000' }),
  state: 'held',
  folder: 'runs/spike/run-1',
}

function stage(holder: () => Holder, left: readonly string[] = []) {
  const clock = fakeClock()
  const acts: string[] = []
  const world: StopWorld = {
    clock,
    signal: new AbortController().signal,
    holderOf: async () => holder(),
    kill: (pid, signal) => acts.push(`${clock.nowMs()} ${signal} ${pid}`),
    reap: async ({ runId }) => {
      acts.push(`${clock.nowMs()} reap ${runId}`)
      return { healed: [], healFailed: [], removed: [], left }
    },
    progress: () => undefined,
  }
  return { acts, stop: () => clock.runUntilSettled(stopRun(lease, world)) }
}

describe('stopping a run', () => {
  it('asks its harness, waits until it has left, and looks for what it left', async () => {
    const holders: Holder[] = ['alive', 'alive', 'alive']
    const on = stage(() => holders.pop() ?? 'dead')
    expect(await on.stop()).toEqual({ runId: 'run-1', outcome: 'stopped; nothing of it is left', left: [] })
    expect(on.acts).toEqual(['0 SIGTERM 42', '200 reap run-1'])
  })

  it('ends by force what does not leave, and heals in its place', async () => {
    const on = stage(() => (on.acts.some((act) => act.includes('SIGKILL')) ? 'dead' : 'alive'))
    await on.stop()
    expect(on.acts).toEqual(['0 SIGTERM 42', '90000 SIGKILL 42', '90000 reap run-1'])
  })

  it('sends no signal where the harness is dead: its number may be another process by now', async () => {
    const on = stage(() => 'dead')
    await on.stop()
    expect(on.acts).toEqual(['0 reap run-1'])
  })

  it('touches nothing of another machine', async () => {
    const on = stage(() => 'elsewhere')
    expect(await on.stop()).toMatchObject({ outcome: 'its harness runs on laptop: stop it there' })
    expect(on.acts).toEqual([])
  })

  it('says what would not go', async () => {
    expect(await stage(() => 'dead', ['net-1: has endpoints']).stop()).toMatchObject({
      left: ['net-1: has endpoints'],
    })
  })
})
