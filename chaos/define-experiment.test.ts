import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineExperiment, type ExperimentInput } from './define-experiment.ts'
import type { Experiment } from './experiment.ts'
import { HarnessError } from './kernel/errors.ts'
import type { Objective } from './slo/objective.ts'
import type { LoadTimeline } from './system.ts'

const load: LoadTimeline = {
  description: '200/s for a minute',
  durationMs: 60_000,
  phases: [
    { name: 'base', fromMs: 0, toMs: 10_000 },
    { name: 'hold', fromMs: 10_000, toMs: 60_000 },
  ],
  arrivalsBetween: (fromMs, toMs) => (toMs - fromMs) / 5,
}
const least: ExperimentInput<LoadTimeline> = { name: 'worker-killed', question: 'Is anything lost?', load }
const whole = {
  ...least,
  faults: [
    {
      kind: 'container-kill',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 1_000 },
      forMs: 2_000,
    },
  ],
  blastRadius: { targets: ['worker'], atOnceMax: 1, totalMsMax: 2_000 },
  promises: [{ name: 'no-lost-orders', promise: 'loses nothing', begin: () => ({}) as never }],
  objectives: [
    {
      name: 'availability',
      promise: 'accepts 99 %',
      indicator: { kind: 'availability' },
      window: { over: 'load-phase', phase: 'hold' },
      atLeast: 0.99,
      samplesMin: 100,
    },
  ],
} as const satisfies ExperimentInput<LoadTimeline>
const objective: Objective = whole.objectives[0]

function problemsOf(input: unknown): string {
  try {
    defineExperiment(input as ExperimentInput<LoadTimeline>)
  } catch (error) {
    expect(error).toMatchObject({ code: 'HARNESS_CONFIG_INVALID', exitCode: 64 })
    return (error as HarnessError).message
  }
  return ''
}

describe('an experiment', () => {
  it('names only alerts that there are, and suggests the one that was meant', () => {
    const rule = { name: 'StoreAway', condition: { kind: 'absent', of: { metric: 'up' } }, forMs: 0 } as const
    const mustFire = [{ alert: 'StoreAwy', withinMs: 1_000 }]
    const problems = problemsOf({
      ...least,
      alerts: { rules: [rule], mustFire, mayFire: [{ alert: 'Anything', because: 'x' }] },
    })
    expect(problems).toMatch(/there is no alert StoreAwy.*StoreAway/)
    expect(problems).toContain('there is no alert Anything')
    expect(problemsOf({ ...least, alerts: { rules: [], mustFire: [], mayFire: [] } })).toContain(
      'alerts.rules',
    )
  })

  it('needs a name, a question and a load, and has defaults for the rest', () => {
    expect(defineExperiment(least)).toEqual({
      ...least,
      faults: [],
      blastRadius: { targets: [], atOnceMax: 1, totalMsMax: 1 },
      promises: [],
      objectives: [],
      droppedShareMax: 0.01,
      convergeWithinMs: 90_000,
    })
  })

  it('keeps what was said', () => {
    expect(defineExperiment(whole)).toMatchObject(whole)
  })

  it('is read-only to its depth', () => {
    const made = defineExperiment(structuredCloneWithFunctions()) as {
      -readonly [Key in keyof Experiment]: Experiment[Key]
    }
    expect(() => {
      made.name = 'another'
    }).toThrow(TypeError)
    expect(() => (made.faults as unknown[]).push(1)).toThrow(TypeError)
    expect(Object.isFrozen(made.faults[0]?.target)).toBe(true)
  })

  it.each([
    ['an unknown key', { ...whole, retries: 3 }, 'Unrecognized key: "retries"'],
    [
      'an unknown key inside',
      { ...whole, blastRadius: { ...whole.blastRadius, share: 1 } },
      'blastRadius: Unrecognized key: "share"',
    ],
    ['a name that is no file name', { ...whole, name: '../spike' }, 'name: expected a name in kebab-case'],
    [
      'a question without its mark',
      { ...whole, question: 'Nothing is lost' },
      'question: expected a question',
    ],
    ['a negative share', { ...whole, droppedShareMax: -0.1 }, 'droppedShareMax: Too small'],
    ['an endless time', { ...whole, convergeWithinMs: Number.POSITIVE_INFINITY }, 'convergeWithinMs: '],
    [
      'a phase that the load has not',
      { ...whole, faults: [{ ...whole.faults[0], when: { phase: 'holt', offsetMs: 0 } }] },
      'faults[0] (container-kill): the load has no phase holt (did you mean hold?)',
    ],
    [
      'an objective over no phase',
      { ...whole, objectives: [{ ...objective, window: { over: 'load-phase', phase: 'peak' } }] },
      'objectives[0]: the load has no phase peak',
    ],
    [
      'an objective with two limits',
      { ...whole, objectives: [{ ...objective, atMost: 1 }] },
      'objectives[0]: expected exactly one of atLeast and atMost',
    ],
    [
      'a backlog of one group of clients',
      { ...whole, objectives: [{ ...objective, group: 'quiet', indicator: { kind: 'time-to-drained' } }] },
      'objectives[0]: expected no group, or one of availability',
    ],
    [
      'two of one name',
      { ...whole, objectives: [objective, objective] },
      'objectives: availability is there twice',
    ],
    [
      'a promise that cannot be checked',
      { ...whole, promises: [{ name: 'x', promise: 'y' }] },
      'promises[0].begin: expected a function',
    ],
    ['nothing', undefined, 'the experiment has 1 problem(s)'],
  ])('is refused with %s', (_, input, problem) => {
    expect(problemsOf(input)).toContain(problem)
  })

  it('is refused with all its problems at once', () => {
    const message = problemsOf({ name: 'A', question: 'no', load: {}, droppedShareMax: 2, extra: 1 })
    expect(message).toContain('has 8 problem(s)')
  })
})

describe('the door, for all input', () => {
  /** A good experiment with some of its parts replaced by anything. */
  const mangled = fc
    .tuple(
      fc.uniqueArray(fc.constantFrom(...Object.keys(whole), 'extra'), { maxLength: 3 }),
      fc.array(fc.anything()),
    )
    .map(([keys, values]) => ({ ...whole, ...Object.fromEntries(keys.map((key, at) => [key, values[at]])) }))

  it('gives an experiment that is inside its bounds, or a usage error with its problems, and never crashes', () => {
    fc.assert(
      fc.property(fc.oneof(mangled, fc.anything()), (input) => {
        try {
          const made = defineExperiment(input as ExperimentInput<LoadTimeline>)
          expect(made.droppedShareMax).toBeGreaterThanOrEqual(0)
          expect(made.convergeWithinMs).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toBeInstanceOf(HarnessError)
          expect((error as HarnessError).message).toMatch(/has [1-9]\d* problem/)
        }
      }),
      { numRuns: 2_000 },
    )
  })
})

function structuredCloneWithFunctions(): typeof whole {
  return {
    ...whole,
    faults: structuredClone(whole.faults) as never,
    blastRadius: structuredClone(whole.blastRadius) as never,
  }
}
