import { describe, expect, it } from 'vitest'
import { brokerSaying, type Stage, scheduled, stage, target } from './nemesis/stage.fixture.ts'
import { type NemesisReport, playFaults } from './nemesis.ts'

const play = (on: Stage): Promise<NemesisReport> => on.clock.runUntilSettled(playFaults(on.options))
const never = () => new Promise<never>(() => undefined)
const failing = (message: string) => async () => {
  throw new Error(message)
}

describe('the nemesis', () => {
  it('journals, injects, feels, heals and marks, in this order and at the planned times', async () => {
    const on = stage({ schedule: [scheduled('f1')] })
    const report = await play(on)
    expect(on.acts).toEqual(['f1 journal', 'f1 inject', 'f1 heal', 'f1 mark'])
    expect(on.told()).toEqual([
      '100 f1 injecting',
      '100 f1 injected',
      '100 f1 felt',
      '1100 f1 healing',
      '1100 f1 healed',
    ])
    expect(report).toMatchObject({ healFailed: [], problems: [] })
    expect(report.faults[0]).toMatchObject({
      felt: true,
      evidence: 'it bites',
      injectedMs: 100,
      healedMs: 1_100,
    })
  })

  it('counts its times from the start of the load', async () => {
    const on = stage({ schedule: [scheduled('f1')], options: { loadStartedMs: 5_000 } })
    await play(on)
    expect(on.told()[0]).toBe('5100 f1 injecting')
  })

  it('does nothing with an empty schedule', async () => {
    expect(await play(stage({ schedule: [] }))).toEqual({ faults: [], healFailed: [], problems: [] })
  })

  it('looks again until the fault is felt', async () => {
    let looks = 0
    const isFelt = async () => ({ felt: ++looks === 3, evidence: `look ${looks}` })
    const on = stage({ schedule: [scheduled('f1')], scripts: { f1: { isFelt } } })
    const report = await play(on)
    expect(on.told()).toContain('500 f1 felt')
    expect(report.faults[0]).toMatchObject({ feltMs: 500, evidence: 'look 3' })
  })

  it('says that a fault which is silently turned off was not felt', async () => {
    const isFelt = async () => ({ felt: false, evidence: 'worker-1 answers within 3 ms' })
    const on = stage({ schedule: [scheduled('f1')], scripts: { f1: { isFelt } } })
    const report = await play(on)
    expect(on.told()).toEqual([
      '100 f1 injecting',
      '100 f1 injected',
      '1100 f1 not-felt',
      '1100 f1 healing',
      '1100 f1 healed',
    ])
    expect(report.faults[0]).toMatchObject({ felt: false, evidence: 'worker-1 answers within 3 ms' })
  })

  it('takes a look that fails or never ends for "not felt"', async () => {
    const on = stage({
      schedule: [scheduled('f1'), scheduled('f2', { target: 'worker-2' })],
      scripts: { f1: { isFelt: failing('no route') }, f2: { isFelt: never } },
    })
    const report = await play(on)
    expect(report.faults.map(({ felt }) => felt)).toEqual([false, false])
    expect(report.faults[0]?.evidence).toBe('the look failed: no route')
    expect(report.faults[1]?.evidence).toContain('the look did not end within 6 s')
  })

  it('heals a fault whose injection failed half-way, and says why it was not felt', async () => {
    const on = stage({
      schedule: [scheduled('f1')],
      scripts: { f1: { inject: failing('no such container') } },
    })
    const report = await play(on)
    expect(on.told()).toEqual(['100 f1 injecting', '100 f1 not-felt', '100 f1 healing', '100 f1 healed'])
    expect(report.faults[0]).toMatchObject({ felt: false, error: 'no such container' })
  })

  it('injects nothing whose undo record could not be made or written', async () => {
    const journal = { willInject: failing('disk full'), hasHealed: async () => undefined }
    const unmade = stage({ schedule: [scheduled('f1')], scripts: { f1: { undo: failing('no ip') } } })
    const unwritten = stage({ schedule: [scheduled('f1')], options: { journal } })
    expect((await play(unmade)).faults[0]?.error).toBe('no ip')
    expect((await play(unwritten)).problems).toEqual(['the undo journal could not be written: disk full'])
    expect([...unmade.told(), ...unwritten.told()]).toEqual(['100 f1 not-felt', '100 f1 not-felt'])
    expect([...unmade.acts, ...unwritten.acts]).toEqual([])
  })

  it('never stacks a fault on itself on one target', async () => {
    const long = { forMs: 20_000 }
    const on = stage({
      schedule: [scheduled('f1', long), scheduled('f2', { ...long, start: { atMs: 600 } })],
    })
    const report = await play(on)
    expect(on.acts).not.toContain('f2 inject')
    expect(report.faults[1]).toMatchObject({
      felt: false,
      error: 'f1 is the same fault on worker-1 and is not healed yet',
    })
  })

  it('lets a fault wait while the one before it is being healed', async () => {
    const heal = () => on.clock.sleep(3_000)
    const on: Stage = stage({
      schedule: [scheduled('f1'), scheduled('f2', { start: { atMs: 1_100 } })],
      scripts: { f1: { heal } },
    })
    const report = await play(on)
    expect(report.faults.map(({ injectingMs, healedMs }) => [injectingMs, healedMs])).toEqual([
      [100, 4_100],
      [4_100, 5_100],
    ])
  })

  it('touches nothing outside the blast radius, and not more at once than it allows', async () => {
    const blastRadius = { targets: ['worker'], atOnceMax: 1, totalMsMax: 1e6 }
    const on = stage({
      schedule: [
        scheduled('f1', { target: 'store-1' }),
        scheduled('f2', { forMs: 20_000 }),
        scheduled('f3', { target: 'worker-2' }),
      ],
      targets: [target('store-1'), target('worker-1'), target('worker-2')],
      options: { blastRadius },
    })
    const report = await play(on)
    expect(report.faults.map(({ error }) => error)).toEqual([
      'store-1 is outside the blast radius (worker)',
      undefined,
      'it would be target 2 at once; the blast radius allows 1',
    ])
  })
})

describe('the nemesis, with what is only known while it plays', () => {
  const onBacklog = { condition: { reading: 'backlog', above: 500 }, deadlineMs: 2_000 }

  it('waits for a condition and keeps what made it true', async () => {
    const readings = async () => on.clock.nowMs() * 0.6
    const on: Stage = stage({ schedule: [scheduled('f1', { start: onBacklog })], options: { readings } })
    const report = await play(on)
    expect(on.lines[0]).toMatchObject({
      event: 'injecting',
      timeMs: 1_000,
      evidence: 'backlog above 500: 600',
    })
    expect(report.faults[0]).toMatchObject({ injectingMs: 1_000, felt: true })
    expect(report.faults[0]).not.toHaveProperty('plannedAtMs')
  })

  it('does not inject when the condition never holds by its deadline, or cannot be read', async () => {
    const low = stage({
      schedule: [scheduled('f1', { start: onBacklog })],
      options: { readings: async () => 3 },
    })
    const blind = stage({
      schedule: [scheduled('f1', { start: onBacklog })],
      options: { readings: failing('down') },
    })
    for (const on of [low, blind]) {
      const report = await play(on)
      expect(report.faults[0]).toMatchObject({ felt: false, error: 'backlog above 500 was never seen' })
      expect(on.told()).toEqual(['2000 f1 not-felt'])
    }
  })

  it('aims at the worker that holds the most unacknowledged messages when it plays', async () => {
    const facts = () => ({ unacknowledgedByConsumer: new Map([['run-worker-2', on.clock.nowMs()]]) })
    const aim = { role: 'worker', by: 'most-unacknowledged' } as const
    const on: Stage = stage({
      schedule: [scheduled('f1', { target: aim })],
      targets: [brokerSaying(facts), target('worker-1'), target('worker-2')],
    })
    expect((await play(on)).faults[0]?.target).toBe('worker-2')
  })

  it('injects nothing where nobody can be chosen', async () => {
    const aim = { role: 'worker', by: 'most-unacknowledged' } as const
    const on = stage({ schedule: [scheduled('f1', { target: aim })] })
    expect((await play(on)).faults[0]?.error).toBe('no worker could be chosen by most-unacknowledged')
    expect(on.told()).toEqual(['5100 f1 not-felt'])
  })
})
