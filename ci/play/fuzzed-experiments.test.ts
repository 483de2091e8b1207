import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { defineExperiment } from '../../chaos/define-experiment.ts'
import { faultKinds } from '../../chaos/faults/list.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { eventLoad } from '../../scenarios/experiments/event.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import { replicasFor } from './order-intake-system.ts'
import { planRun, type RunPlan } from './run-plan.ts'

const targets = describeTargets(replicasFor(eventLoad))
const known = new Set([...targets.map(({ name }) => name), ...targets.map(({ role }) => role)])

/** Everything between an experiment's file and the start of its first container; undefined where it is refused. */
function planOf(experiment: unknown): RunPlan | HarnessError {
  try {
    return planRun({
      experiment: defineExperiment(experiment as never),
      seed: 'fuzz',
      faults: true,
      targets,
      kinds: faultKinds,
    })
  } catch (error) {
    if (error instanceof HarnessError) return error
    throw error
  }
}

interface File {
  name: unknown
  question: unknown
  load: unknown
  faults: Record<string, unknown>[]
  blastRadius: Record<string, unknown>
  droppedShareMax: unknown
  convergeWithinMs: unknown
  [unknownKey: string]: unknown
}

const good = (): File => ({
  name: 'fuzzed',
  question: 'Is anything lost?',
  load: eventLoad,
  faults: [
    {
      kind: 'container-kill',
      target: { role: 'worker', choose: 'one' },
      when: { phase: 'hold', offsetMs: 1_000 },
      forMs: 2_000,
    },
    {
      kind: 'latency',
      target: { name: 'api-1->broker' },
      when: { atMs: 15_000 },
      forMs: 2_000,
      options: { latencyMs: 100 },
    },
  ],
  blastRadius: { targets: ['worker', 'api->broker'], atOnceMax: 2, totalMsMax: 10_000 },
  droppedShareMax: 0.01,
  convergeWithinMs: 10_000,
})

/** No two of them spoil the same place. */
type Slip = readonly [spoil: (file: File) => void, said: RegExp]
const fault = (file: File, at: number) => file.faults[at] as Record<string, unknown>

/** What is wrong in itself, whatever the rest says. */
const shapeSlips: readonly Slip[] = [
  [(file) => Object.assign(file, { colour: 'red' }), /colour/],
  [(file) => Object.assign(file, { name: 'Not Kebab' }), /- name: /],
  [(file) => Object.assign(file, { question: 'No question.' }), /- question: /],
  [(file) => Object.assign(file, { droppedShareMax: 2 }), /- droppedShareMax: /],
  [(file) => Object.assign(file, { convergeWithinMs: -1 }), /- convergeWithinMs: /],
  [(file) => Object.assign(file.blastRadius, { atOnceMax: 0 }), /- blastRadius\.atOnceMax: /],
  [(file) => Object.assign(file.blastRadius, { totalMsMax: Number.NaN }), /- blastRadius\.totalMsMax: /],
  [(file) => Object.assign(fault(file, 0), { forMs: -5 }), /- faults\[0\]\.forMs: /],
  [(file) => Object.assign(fault(file, 0), { when: { atMs: 'soon' } }), /- faults\[0\]\.when/],
  [(file) => Object.assign(fault(file, 1), { target: {} }), /- faults\[1\]\.target/],
  [(file) => Object.assign(fault(file, 1), { knid: 'latency' }), /knid/],
]

/** What only the system, the kinds and the load can tell. */
const planSlips: readonly Slip[] = [
  [
    (file) => Object.assign(fault(file, 0), { kind: 'container-kil' }),
    /faults\[0\].*did you mean container-kill/,
  ],
  [(file) => Object.assign(fault(file, 0), { target: { name: 'database-of-others' } }), /database-of-others/],
  [(file) => Object.assign(fault(file, 1), { options: { latncyMs: 1 } }), /faults\[1\].*latncyMs/],
  [(file) => Object.assign(fault(file, 1), { target: { name: 'worker-1' } }), /faults\[1\].*is for a link/],
]

describe('a file of an experiment with slips of every sort', () => {
  const cases: readonly (readonly [string, readonly Slip[]])[] = [
    ['in its shape', shapeSlips],
    ['in what it asks of the system', planSlips],
  ]
  it.each(cases)('%s: is refused before anything starts, with each of them', (_where, slips) => {
    fc.assert(
      fc.property(fc.subarray([...slips], { minLength: 1 }), (chosen) => {
        const file = good()
        for (const [spoil] of chosen) spoil(file)
        const outcome = planOf(file)
        expect(outcome).toBeInstanceOf(HarnessError)
        for (const [, said] of chosen) expect((outcome as HarnessError).message).toMatch(said)
      }),
      { numRuns: 1_000, seed: 1 },
    )
  })
})

describe('ten thousand files of which a part is anything at all', () => {
  const places = [
    'name',
    'question',
    'load',
    'faults',
    'blastRadius',
    'objectives',
    'promises',
    'abortWhen',
  ] as const
  const ofFaults = ['kind', 'target', 'when', 'forMs', 'options'] as const
  const junk = fc.oneof(
    fc.anything({ maxDepth: 2 }),
    fc.constantFrom<unknown>(-1, 0, 1e9, Number.NaN, Number.POSITIVE_INFINITY, '', [], {}, null),
    // Shapes that are nearly right reach deeper than chance does.
    fc.record({ name: fc.constantFrom('worker-1', 'store', '*', '/var/run', 'worker-1->store') }),
    fc.record({
      role: fc.constantFrom('worker', 'store', 'postgres'),
      choose: fc.constantFrom('one', 'all'),
    }),
    fc.record({ atMs: fc.integer({ min: -1, max: 60_000 }) }),
  )
  const spoil = fc.oneof(
    fc.tuple(fc.constantFrom(...places), junk).map(([place, what]) => (file: File) => {
      Object.assign(file, { [place]: what })
    }),
    fc
      .tuple(fc.constantFrom(...ofFaults), fc.constantFrom(0, 1), junk)
      .map(([place, at, what]) => (file: File) => {
        const one = Array.isArray(file.faults) ? file.faults[at] : undefined
        if (typeof one === 'object' && one !== null) one[place] = what
      }),
    fc
      .tuple(fc.constantFrom('targets', 'atOnceMax', 'totalMsMax'), junk)
      .map(([place, what]) => (file: File) => {
        if (typeof file.blastRadius === 'object' && file.blastRadius !== null) file.blastRadius[place] = what
      }),
  )

  it('are refused with their problems, or planned on targets of the system and inside the blast radius', () => {
    let planned = 0
    fc.assert(
      fc.property(fc.array(spoil, { minLength: 1, maxLength: 3 }), (spoils) => {
        const file = good()
        for (const one of spoils) one(file)
        const outcome = planOf(file)
        if (outcome instanceof HarnessError) {
          expect(outcome.message).toMatch(/HARNESS_CONFIG_INVALID: .* has [1-9]\d* problem\(s\):\n {2}- /)
          return
        }
        planned += 1
        const { targets: allowed } = outcome.experiment.blastRadius
        for (const { target } of outcome.schedule) {
          const name = typeof target === 'string' ? target : target.role
          const role = targets.find((one) => one.name === name)?.role ?? name
          expect(known).toContain(name)
          expect(allowed.includes(name) || allowed.includes(role), `${name} of ${allowed}`).toBe(true)
        }
      }),
      { numRuns: 10_000, seed: 1 },
    )
    // Some of the junk is right by chance: else only the door would have been tried.
    expect(planned).toBeGreaterThan(50)
  }, 180_000)
})
