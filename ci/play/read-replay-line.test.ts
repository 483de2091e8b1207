import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { choicesOfReplayLine } from './read-replay-line.ts'
import { type RunChoices, replayLineOf } from './run-choices.ts'

const spikeLoad = fc.record(
  {
    basePerSecond: fc.integer({ min: 1, max: 500 }),
    peakPerSecond: fc.integer({ min: 1, max: 5_000 }),
    holdMs: fc.integer({ min: 1, max: 60_000 }),
  },
  { requiredKeys: [] },
)
const fixed = fc.record({
  kind: fc.constantFrom('latency', 'container-kill'),
  target: fc.constantFrom('worker-1', 'api-1->broker'),
  atMs: fc.nat(60_000),
  forMs: fc.nat(9_000),
  options: fc.constantFrom({}, { latencyMs: 200 }, { text: "it's" }),
})
const anyChoices: fc.Arbitrary<RunChoices> = fc
  .record({
    experiment: fc.constantFrom('spike', 'worker-killed-mid-spike'),
    seed: fc.stringMatching(/^[A-Za-z0-9_.-]{1,12}$/),
    mutant: fc.constantFrom(undefined, 'M28'),
    system: fc.constantFrom('orders' as const, 'fragile' as const),
    which: fc.constantFrom('own', 'none', 'swarm', 'pair', 'schedule'),
    schedule: fc.array(fixed, { maxLength: 3 }),
    load: spikeLoad,
  })
  .map(({ which, schedule, load, ...rest }) => ({
    ...rest,
    // The service before its redesign has no mutants.
    mutant: rest.system === 'fragile' ? undefined : rest.mutant,
    faults: which !== 'none',
    swarm: which === 'swarm',
    pair: which === 'pair',
    schedule: which === 'schedule' ? schedule : undefined,
    load: rest.experiment === 'spike' ? load : {},
    plan: false,
    live: false,
    json: false,
    reports: 'reports',
  }))

describe('a replay line', () => {
  it('is read back as what was chosen, for all choices', () => {
    fc.assert(
      fc.property(anyChoices, (choices) => {
        expect(choicesOfReplayLine(replayLineOf(choices), 'reports')).toEqual(choices)
      }),
      { numRuns: 300 },
    )
  })

  it.each([
    '',
    'npm test',
    'npm run seawall -- check x',
    'npm run spike -- --seed',
    'npm run spike -- seed a1',
  ])('is not %j', (line) =>
    expect(() => choicesOfReplayLine(line, 'reports')).toThrow('HARNESS_RECORD_INVALID'),
  )
})
