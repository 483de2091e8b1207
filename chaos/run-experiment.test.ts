import { describe, expect, it } from 'vitest'
import { defineExperiment } from './define-experiment.ts'
import type { Experiment } from './experiment.ts'
import { linkFixture } from './faults/link.fixture.ts'
import type { LinkTarget } from './faults/target.ts'
import { realClock } from './kernel/clock.ts'
import { type Stage, scheduled, stage } from './nemesis/stage.fixture.ts'
import { type RunOptions, runExperiment } from './run-experiment.ts'
import { emptyRunState } from './run-state.ts'
import type { LoadEnd, RunningLoad, RunningSystem } from './system.ts'

const experiment: Experiment = defineExperiment({
  name: 'worker-paused',
  question: 'Is anything lost?',
  load: {
    description: 'one a second',
    durationMs: 20_000,
    phases: [
      { name: 'warm-up', fromMs: 0, toMs: 2_000 },
      { name: 'hold', fromMs: 2_000, toMs: 20_000 },
    ],
    arrivalsBetween: (fromMs, toMs) => (toMs - fromMs) / 1_000,
  },
  blastRadius: { targets: ['worker'], atOnceMax: 1, totalMsMax: 60_000 },
  convergeWithinMs: 10_000,
})

/** A run of a system in memory that is always steady, but for what a test changes. */
function theatre(change: {
  readonly experiment?: Partial<Experiment>
  readonly system?: Partial<RunningSystem>
  readonly loadEnd?: LoadEnd
  /** Suffers the fault instead of worker-1. */
  readonly link?: LinkTarget
}) {
  const { link } = change
  const on: Stage = stage({
    schedule: [scheduled('f1', { start: { atMs: 5_000 }, forMs: 3_000, target: link?.name ?? 'worker-1' })],
    ...(link === undefined ? {} : { targets: [link] }),
  })
  const { clock } = on
  const interrupt = new AbortController()
  const acts: string[] = []
  const system: RunningSystem = {
    targets: on.options.targets,
    environment: {},
    steadyState: async () => ({ ok: true, evidence: 'all answer' }),
    observe: async () => [
      { kind: 'observation', timeMs: clock.nowMs(), name: 'queue-depth', value: clock.nowMs() },
    ],
    startLoad: async () => load(clock, change.loadEnd ?? {}, acts),
    finalRead: async () => void acts.push('final read'),
    hopCounts: async () => ({ acceptedByApi: 1, confirmedByBroker: undefined, effectsInStore: 1 }),
    saveLogs: async () => void acts.push('logs'),
    [Symbol.asyncDispose]: async () => void acts.push('removed'),
    ...change.system,
  }
  const options: RunOptions = {
    experiment: { ...experiment, ...change.experiment },
    system: { name: 'memory', targets: [], ledgerPrefix: () => 'o-', start: async () => system },
    schedule: on.options.schedule,
    state: emptyRunState(),
    see: (line) => typeof line !== 'string' && line.kind === 'fault' && on.lines.push(line),
    save: async () => undefined,
    undoJournal: on.options.journal,
    makeFault: on.options.makeFault,
    context: {
      runId: 'run-1',
      seed: '8f3a',
      experiment: experiment.name,
      clock,
      signal: interrupt.signal,
      elapsedMs: () => clock.nowMs(),
      folder: '.',
      labels: {},
      progress: () => undefined,
    },
  }
  return { ...on, acts, options, interrupt, state: options.state, play: () => runExperiment(options) }
}

function load(clock: Stage['clock'], end: LoadEnd, acts: string[]): RunningLoad {
  const stopped = new AbortController()
  const startedMs = clock.nowMs()
  const ended = clock.sleep(experiment.load.durationMs, stopped.signal).then(
    () => end,
    () => end,
  )
  const stop = async () => {
    if (!stopped.signal.aborted) acts.push(`load stopped at ${clock.nowMs() - startedMs}`)
    stopped.abort()
  }
  return { startedMs, ended, stop }
}

describe('a run', () => {
  it('goes through its phases in order, heals, reads everything back, and removes the system', async () => {
    const on = theatre({})
    await on.clock.runUntilSettled(on.play())
    expect(on.state.phases.map(({ phase }) => phase)).toEqual([
      'gate',
      'warm-up',
      'assault',
      'heal',
      'converge',
      'final-read',
    ])
    expect(on.state).toMatchObject({ problems: [], residue: [], loadPlayed: true, converged: { ok: true } })
    expect(on.state.faults[0]).toMatchObject({ felt: true, plannedAtMs: 5_000 })
    expect(on.acts).toEqual(['load stopped at 20000', 'final read', 'logs', 'removed'])
  })

  it('injects nothing where the steady state does not hold before the load', async () => {
    const on = theatre({ system: { steadyState: async () => ({ ok: false, evidence: 'backlog 7' }) } })
    await on.clock.runUntilSettled(on.play())
    expect(on.state.problems[0]).toContain(
      'nothing was injected: not steady within 2 min; last seen: backlog 7',
    )
    expect(on.lines).toEqual([])
    expect(on.acts).toEqual(['logs', 'removed'])
  })

  it('ends the assault at once when an abort condition holds, heals, and judges what there is', async () => {
    const on = theatre({ experiment: { abortWhen: [{ reading: 'queue-depth', above: 6_500 }] } })
    await on.clock.runUntilSettled(on.play())
    expect(on.state.problems).toEqual([expect.stringMatching(/ended early: queue-depth above 6500: 7\d\d\d/)])
    // Its own end would have been at eight seconds.
    expect(on.lines.find(({ event }) => event === 'healed')?.timeMs).toBeLessThan(7_500)
    expect(on.acts[0]).toMatch(/load stopped at 7\d\d\d/)
    expect(on.acts.slice(1)).toEqual(['final read', 'logs', 'removed'])
  })

  it('heals, removes and then says so when it is interrupted', async () => {
    const on = theatre({})
    const playing = on.play()
    await on.clock.advance(8_000)
    on.interrupt.abort(new Error('SIGINT'))
    await expect(on.clock.runUntilSettled(playing)).rejects.toMatchObject({ code: 'HARNESS_INTERRUPTED' })
    expect(on.lines.map(({ event }) => event)).toContain('healed')
    expect(on.acts.slice(1)).toEqual(['logs', 'removed'])
  })

  it('ends the faults with a load generator that breaks, and blames it', async () => {
    const on = theatre({ loadEnd: { broken: 'k6 exited with 107' } })
    await on.clock.runUntilSettled(on.play())
    expect(on.state).toMatchObject({
      problems: ['the load generator failed: k6 exited with 107'],
      loadPlayed: false,
    })
  })

  it('is told when nobody but us went through the proxy of a link that it broke', async () => {
    await using fixture = await linkFixture()
    const { link } = fixture
    const on = theatre({
      link,
      experiment: { blastRadius: { ...experiment.blastRadius, targets: [link.role] } },
    })
    let isOver = false
    const playing = on.play().finally(() => {
      isOver = true
    })
    while (!isOver) {
      await on.clock.advance(1_000)
      await realClock.sleep(1)
    }
    await playing
    expect(on.state.faults[0]).toMatchObject({ target: link.name, felt: true })
    expect(on.state.problems).toEqual([expect.stringContaining('its client has another way')])
  })

  it('keeps a fault that could not be healed as residue', async () => {
    const on = theatre({})
    const makeFault: RunOptions['makeFault'] = (one, target) => ({
      ...on.options.makeFault(one, target),
      heal: async () => {
        throw new Error('gone')
      },
    })
    await on.clock.runUntilSettled(runExperiment({ ...on.options, makeFault }))
    expect(on.state.residue).toEqual(['f1 on worker-1: gone; by hand: docker unpause worker-1'])
  })
})
