import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type FixedFault, fixedFaults, formatSchedule, parseSchedule } from './schedule-text.ts'

const kill: FixedFault = {
  kind: 'container-kill',
  target: 'worker-1',
  atMs: 31_000,
  forMs: 3_000,
  options: {},
}
const latency: FixedFault = {
  kind: 'latency',
  target: 'api-2->broker',
  atMs: 43_000,
  forMs: 5_000,
  options: { latencyMs: 200 },
}

describe('a schedule as text', () => {
  it('is one line that people can read', () => {
    expect(formatSchedule([kill, latency])).toBe(
      'container-kill@worker-1:31000+3000;latency@api-2->broker:43000+5000{"latencyMs":200}',
    )
  })

  it('is read back as it was written, whatever the options hold', () => {
    const anyFault: fc.Arbitrary<FixedFault> = fc.record({
      kind: fc.constantFrom('container-kill', 'latency'),
      target: fc.constantFrom('worker-1', 'api-2->broker'),
      atMs: fc.nat(),
      forMs: fc.nat(),
      options: fc
        .dictionary(fc.constantFrom('a', 'name'), fc.oneof(fc.string(), fc.integer()))
        .map((read) => ({ ...read })),
    })
    fc.assert(
      fc.property(fc.array(anyFault, { maxLength: 4 }), (schedule) => {
        // A text that holds the beginning of another fault cannot be told from one.
        fc.pre(!schedule.some(({ options }) => /;[a-z-]+@/.test(JSON.stringify(options))))
        expect(parseSchedule(formatSchedule(schedule))).toEqual({ faults: schedule, problems: [] })
      }),
      { numRuns: 200 },
    )
  })

  it('is refused part by part', () => {
    const { problems } = parseSchedule('container-kill@worker-1:31000+3000;latency@x:soon+5;noop@y:1+2{"a":}')
    expect(problems).toEqual([
      'expected kind@target:at+for, got "latency@x:soon+5"',
      'expected kind@target:at+for, got "noop@y:1+2{"a":}"',
    ])
  })

  it('has only what is decided', () => {
    const { atMs, ...rest } = kill
    const chosen = { role: 'worker', by: 'queue-leader' } as const
    expect(
      fixedFaults([
        { id: 'f1', ...rest, start: { atMs } },
        { id: 'f2', ...rest, start: { atMs }, target: chosen },
        { id: 'f3', ...rest, start: { condition: { reading: 'backlog', above: 1 }, deadlineMs: 5 } },
      ]),
    ).toEqual([kill])
  })
})
