import { describe, expect, it } from 'vitest'
import { type NemesisReport, playFaults } from '../nemesis.ts'
import { type Stage, scheduled, stage } from './stage.fixture.ts'

const play = (on: Stage): Promise<NemesisReport> => on.clock.runUntilSettled(playFaults(on.options))
const never = () => new Promise<never>(() => undefined)
const failing = (message: string) => async () => {
  throw new Error(message)
}

describe('the nemesis, on its way out', () => {
  const three = [
    scheduled('f1'),
    scheduled('f2', { target: 'worker-2', start: { atMs: 200 } }),
    scheduled('f3', { kind: 'latency', start: { atMs: 300 } }),
    scheduled('f4', { start: { atMs: 9_000 } }),
  ]

  it('heals newest first when the assault is aborted, and injects nothing more', async () => {
    const on = stage({ schedule: three })
    const report = playFaults(on.options)
    await on.clock.advance(400)
    on.abort()
    await on.clock.runUntilSettled(report)
    expect(on.acts.filter((act) => act.endsWith('heal'))).toEqual(['f3 heal', 'f2 heal', 'f1 heal'])
    expect(on.acts).not.toContain('f4 inject')
    expect((await report).faults[3]).toMatchObject({
      felt: false,
      error: 'the assault ended before it was over',
    })
  })

  it('heals even when it is aborted a second time while it heals', async () => {
    const on = stage({ schedule: three, scripts: { f3: { heal: async () => on.abort(new Error('again')) } } })
    const report = playFaults(on.options)
    await on.clock.advance(400)
    on.abort()
    const { faults } = await on.clock.runUntilSettled(report)
    expect(faults.map(({ healedMs }) => healedMs)).toEqual([400, 400, 400, undefined])
  })

  it('waits for an injection under way before it heals it', async () => {
    const inject = () => on.clock.sleep(3_000)
    const on: Stage = stage({ schedule: [scheduled('f1')], scripts: { f1: { inject } } })
    const report = playFaults(on.options)
    await on.clock.advance(400)
    on.abort()
    const { faults } = await on.clock.runUntilSettled(report)
    expect(faults[0]?.healedMs).toBe(3_100)
  })

  it('heals over the head of an injection that never ends', async () => {
    const on = stage({ schedule: [scheduled('f1')], scripts: { f1: { inject: never } } })
    const report = playFaults(on.options)
    await on.clock.advance(400)
    on.abort()
    const { faults } = await on.clock.runUntilSettled(report)
    expect(faults[0]).toMatchObject({
      healedMs: 10_400,
      error: 'HARNESS_DEADLINE_PASSED: the injection did not end within 10 s',
    })
  })

  it('heals everything when the history can no longer be written, and says so', async () => {
    const lines: string[] = []
    const see = (line: { event: string; fault: string }) => {
      if (lines.push(`${line.fault} ${line.event}`) === 5) throw new Error('disk full')
    }
    const on = stage({ schedule: three, options: { see } })
    const report = await play(on)
    expect(report.problems).toEqual(['the line "injected" of f2 could not be kept: disk full'])
    expect(on.acts.filter((act) => act.endsWith('heal'))).toEqual(['f2 heal', 'f1 heal'])
  })
})

describe('the nemesis, when a heal fails', () => {
  it('goes on with the others and tries once more at the end', async () => {
    let tries = 0
    const heal = async () => {
      tries += 1
      if (tries === 1) throw new Error('busy')
    }
    const schedule = [scheduled('f1'), scheduled('f2', { target: 'worker-2' })]
    const on = stage({ schedule, scripts: { f1: { heal } } })
    const report = await play(on)
    expect(on.told().filter((line) => line.includes('f1 heal'))).toEqual([
      '1100 f1 healing',
      '1100 f1 heal-failed',
      '1100 f1 healing',
      '1100 f1 healed',
    ])
    expect(report.healFailed).toEqual([])
    expect(report.faults.map(({ error }) => error)).toEqual(['healed at the second try: busy', undefined])
  })

  it('reports a fault that stays, with the command that heals it by hand', async () => {
    const on = stage({ schedule: [scheduled('f1')], scripts: { f1: { heal: failing('gone') } } })
    const report = await play(on)
    expect(report.healFailed).toEqual([
      {
        fault: 'f1',
        kind: 'container-pause',
        target: 'worker-1',
        error: 'gone',
        byHand: 'docker unpause worker-1',
      },
    ])
    expect(on.acts).not.toContain('f1 mark')
    expect(report.faults[0]?.healedMs).toBeUndefined()
  })

  it('gives a heal that hangs a bound', async () => {
    const on = stage({ schedule: [scheduled('f1')], scripts: { f1: { heal: never } } })
    expect((await play(on)).healFailed[0]?.error).toContain('the heal did not end within 1 min')
  })
})
