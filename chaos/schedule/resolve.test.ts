import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type ResolveInput, resolveSchedule } from './resolve.ts'
import type { FaultPlan } from './schedule.ts'
import { plan, world } from './world.fixture.ts'

const resolve = (plans: readonly FaultPlan[], change: Partial<ResolveInput> = {}) =>
  resolveSchedule({ ...world, plans, ...change })
const scheduleOf = (...plans: FaultPlan[]) => {
  const { schedule, problems } = resolve(plans)
  expect(problems).toBeUndefined()
  return schedule ?? []
}
const problemsOf = (plans: readonly FaultPlan[], change: Partial<ResolveInput> = {}) =>
  resolve(plans, change).problems ?? []

describe('a schedule', () => {
  it('is the same for the same seed on every machine', () => {
    const plans = [
      plan(),
      plan({ target: { role: 'worker', choose: { count: 2 } }, when: { phase: 'hold', offsetMs: 500 } }),
      plan({
        kind: 'latency',
        target: { name: 'worker-1->store' },
        when: { everyMs: 8_000, jitterMs: 1_000, times: 3, fromMs: 20_000 },
        options: { latencyMs: 250 },
      }),
      plan({
        kind: 'container-pause',
        target: { role: 'worker', by: 'most-unacknowledged' },
        when: { condition: { reading: 'backlog', above: 500 }, deadlineMs: 50_000 },
      }),
    ]
    // Written by hand from one run: a change of these lines breaks every replay line that was ever printed.
    expect(scheduleOf(...plans).map((fault) => JSON.stringify(fault))).toMatchInlineSnapshot(`
      [
        "{"id":"f1","kind":"container-kill","target":"worker-1","start":{"atMs":12000},"forMs":2000,"options":{}}",
        "{"id":"f2","kind":"container-kill","target":"worker-2","start":{"atMs":15500},"forMs":2000,"options":{}}",
        "{"id":"f3","kind":"container-kill","target":"worker-1","start":{"atMs":15500},"forMs":2000,"options":{}}",
        "{"id":"f4","kind":"latency","target":"worker-1->store","start":{"atMs":20112},"forMs":2000,"options":{"latencyMs":250}}",
        "{"id":"f5","kind":"latency","target":"worker-1->store","start":{"atMs":28450},"forMs":2000,"options":{"latencyMs":250}}",
        "{"id":"f6","kind":"latency","target":"worker-1->store","start":{"atMs":36813},"forMs":2000,"options":{"latencyMs":250}}",
        "{"id":"f7","kind":"container-pause","target":{"role":"worker","by":"most-unacknowledged"},"start":{"condition":{"reading":"backlog","above":500},"deadlineMs":50000},"forMs":2000,"options":{}}",
      ]
    `)
  })

  it('does not depend on the order in which a system lists its targets', () => {
    const plans = [plan({ target: { role: 'worker', choose: { count: 2 } } })]
    const turned = resolve(plans, { targets: world.targets.toReversed() })
    expect(resolve(plans)).toEqual(turned)
  })

  it('keeps what was drawn for a plan when another one is added', () => {
    const [first] = scheduleOf(plan())
    expect(scheduleOf(plan(), plan({ kind: 'container-pause' }))[0]).toEqual(first)
  })

  it('draws other members from another seed', () => {
    const drawn = Array.from(
      { length: 30 },
      (_, seed) => resolve([plan()], { seed: `${seed}` }).schedule?.[0]?.target,
    )
    expect(new Set(drawn)).toEqual(new Set(['worker-1', 'worker-2', 'worker-3']))
  })

  it('takes all of a role, or a share of it that is rounded down and one at least', () => {
    const count = (choose: 'all' | { share: number }) =>
      scheduleOf(plan({ target: { role: 'worker', choose } })).length
    expect([count('all'), count({ share: 0.5 }), count({ share: 0.67 }), count({ share: 1 })]).toEqual([
      3, 1, 2, 3,
    ])
  })

  it('fills in the defaults of the options', () => {
    const [fault] = scheduleOf(plan({ kind: 'latency', target: { name: 'worker-1->store' } }))
    expect(fault?.options).toEqual({ latencyMs: 300 })
  })

  it('never draws a target that has the same fault at that time', () => {
    for (let seed = 0; seed < 20; seed += 1) {
      const { schedule } = resolve([plan(), plan(), plan()], { seed: `${seed}` })
      expect(new Set(schedule?.map(({ target }) => target)).size).toBe(3)
    }
  })

  it('is empty for no faults', () => {
    expect(resolve([])).toEqual({ schedule: [] })
  })
})

describe('a plan is refused', () => {
  const refused: [string, Partial<FaultPlan>, string][] = [
    [
      'for an unknown kind',
      { kind: 'container-kil' },
      'is not a fault that is known here (did you mean container-kill?)',
    ],
    [
      'for an unknown role',
      { target: { role: 'workers', choose: 'one' } },
      'no target has the role workers (did you mean worker?)',
    ],
    [
      'for an unknown target',
      { target: { name: 'worker-9' } },
      'no target has the name worker-9 (did you mean worker-1',
    ],
    [
      'for a capability that is lacking',
      { kind: 'disk-full' },
      'needs a target that is disk-fillable; worker-1 is not',
    ],
    ['for a target of the other sort', { kind: 'latency' }, 'is for a link, but worker-1 is a container'],
    [
      'for more members than there are',
      { target: { role: 'worker', choose: { count: 4 } } },
      'wants 4 of the role worker, which has 3',
    ],
    [
      'for an unknown phase',
      { when: { phase: 'raise', offsetMs: 0 } },
      'the load has no phase raise (did you mean rise?)',
    ],
    [
      'for an offset beyond its phase',
      { when: { phase: 'rise', offsetMs: 5_000 } },
      'starts 5 s into the phase rise, which lasts 5 s',
    ],
    [
      'for an end beyond the load',
      { when: { atMs: 59_000 } },
      'would end 1 min 1 s after the start of the load, which lasts 1 min',
    ],
    [
      'for turns that could meet',
      { when: { everyMs: 3_000, jitterMs: 1_500, times: 2, fromMs: 0 } },
      'lasts 2 s, and with its jitter of 1.5 s could meet its next turn, 3 s later',
    ],
    [
      'for jitter that could lead beyond the load',
      { when: { everyMs: 9_000, jitterMs: 5_000, times: 2, fromMs: 45_000 } },
      'would end 1 min 1 s after the start of the load',
    ],
    ['for an unknown option', { options: { speed: 3 } }, 'options: Unrecognized key: "speed"'],
  ]
  it.each(refused)('%s', (_, change, problem) => {
    expect(problemsOf([plan(change)]).join('\n')).toContain(
      `faults[0] (${change.kind ?? 'container-kill'}): ${problem}`,
    )
  })

  it.each([
    [{ when: { atMs: -1 } }, 'faults[0].when.atMs: Too small'],
    [{ forMs: Number.NaN }, 'faults[0].forMs: Invalid input: expected number, received NaN'],
    [{ forMs: 0 }, 'faults[0].forMs: Too small'],
    [{ when: { at: 5 } as never }, 'faults[0].when: expected exactly one of atMs, phase, everyMs, condition'],
    [
      { when: { condition: { reading: 'backlog', over: 5 }, deadlineMs: 9 } as never },
      'faults[0].when.condition: expected exactly one of above, below',
    ],
    [
      { target: { role: 'worker', choose: 'some' } as never },
      'faults[0].target.choose: expected one, all, { count',
    ],
  ] as const)('for a shape that says something impossible: %j', (change, problem) => {
    expect(problemsOf([plan(change)]).join('\n')).toContain(problem)
  })

  it('for stacking on itself', () => {
    const target = { name: 'worker-1' }
    expect(problemsOf([plan({ target }), plan({ target, when: { atMs: 13_999 } })])).toEqual([
      'f2 (container-kill) would stack on f1 on worker-1',
    ])
    expect(problemsOf([plan({ target }), plan({ target, when: { atMs: 14_000 } })])).toEqual([])
  })

  it('for a blast radius that is exceeded, or that names nobody', () => {
    const blastRadius = { targets: ['worker-1', 'wroker-1'], atOnceMax: 2, totalMsMax: 5_000 }
    expect(problemsOf([plan({ target: { role: 'worker', choose: 'all' } })], { blastRadius })).toEqual([
      'blastRadius.targets: no target or role is named wroker-1 (did you mean broker-1 or worker-1?)',
      'f2 (container-kill) is aimed at worker-2, outside the blast radius',
      'f3 (container-kill) is aimed at worker-3, outside the blast radius',
      'the faults touch up to 3 targets at once; the blast radius allows 2',
      'the faults last 6 s together; the blast radius allows 5 s',
    ])
  })

  it('for what another seed could do: two that are drawn from a role may be two targets', () => {
    const blastRadius = { ...world.blastRadius, atOnceMax: 1 }
    const plans = [plan(), plan({ kind: 'container-pause' })]
    expect(problemsOf(plans, { blastRadius })).toEqual([
      'the faults touch up to 2 targets at once; the blast radius allows 1',
    ])
  })

  it('with all problems of all its parts at once', () => {
    const plans = [
      plan({ kind: 'teapot' }),
      plan({ forMs: -1 }),
      plan({ target: { name: 'nobody' }, when: { atMs: 1e6 } }),
    ]
    const problems = problemsOf(plans, { blastRadius: { targets: ['worker'], atOnceMax: 0, totalMsMax: 1 } })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual([
      'faults[0] (teapot)',
      'faults[1].forMs',
      'faults[2] (container-kill)',
      'faults[2] (container-kill)',
      'blastRadius.atOnceMax',
    ])
  })
})

describe('resolving, for all plans', () => {
  const anyPlan: fc.Arbitrary<FaultPlan> = fc.record({
    kind: fc.constantFrom('container-kill', 'container-pause', 'latency', 'disk-full', 'none'),
    target: fc.oneof(
      fc.record({ name: fc.constantFrom('worker-1', 'worker-1->store', 'nobody') }),
      fc.record({
        role: fc.constantFrom('worker', 'broker', 'none'),
        choose: fc.constantFrom('one' as const, 'all' as const),
      }),
    ),
    when: fc.oneof(
      fc.record({ atMs: fc.integer({ min: -10, max: 70_000 }) }),
      fc.record({ phase: fc.constantFrom('base', 'hold', 'none'), offsetMs: fc.nat(50_000) }),
    ),
    forMs: fc.integer({ min: -5, max: 20_000 }),
  })

  it('gives a schedule inside the blast radius and the load, or problems, and never throws', () => {
    fc.assert(
      fc.property(fc.array(anyPlan, { maxLength: 4 }), fc.string(), (plans, seed) => {
        const { schedule, problems } = resolve(plans, { seed })
        expect(problems?.length).not.toBe(0)
        for (const { start, forMs, target } of schedule ?? []) {
          expect('atMs' in start && start.atMs >= 0 && start.atMs + forMs <= world.load.durationMs).toBe(true)
          expect(world.targets.map(({ name }) => name)).toContain(target)
        }
      }),
      { numRuns: 300 },
    )
  })
})
