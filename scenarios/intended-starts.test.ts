import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { intendedStarts } from './intended-starts.ts'
import { arrivalTimesMs } from './profiles/arrivals.ts'
import { spike } from './profiles/spike.ts'

const profile = spike({
  basePerSecond: 50,
  peakPerSecond: 200,
  warmUpMs: 0,
  baseMs: 2_000,
  riseMs: 1_000,
  holdMs: 3_000,
  fallMs: 1_000,
  tailMs: 2_000,
})
const times = [...arrivalTimesMs(profile)]
const scenarioStartMs = 10_000
const leadMs = 80

/** What the clients write of a load in which some arrivals were dropped: number, written due time, true due time. */
function play(dropped: ReadonlySet<number>, lagMs: (arrival: number) => number) {
  const iterations: { written: number; invoke: number; due: number }[] = []
  times.forEach((time, arrival) => {
    if (dropped.has(arrival)) return
    const written = scenarioStartMs + (times[iterations.length] as number)
    const due = scenarioStartMs + leadMs + time
    iterations.push({ written, invoke: due + lagMs(arrival), due })
  })
  return iterations
}

function learn(iterations: ReturnType<typeof play>, dropped: ReadonlySet<number>) {
  const starts = intendedStarts(profile)
  starts.begin(scenarioStartMs)
  for (const { written, invoke } of iterations) starts.start(written, invoke)
  for (let timeMs = scenarioStartMs; timeMs <= scenarioStartMs + 11_000; timeMs += 1_000) {
    const count = [...dropped].filter(
      (arrival) => scenarioStartMs + leadMs + (times[arrival] as number) <= timeMs,
    )
    starts.tick(timeMs, count.length)
  }
  return starts
}

describe('intended starts', () => {
  it('count from the first moment at which an arrival can have come, not from the start of the scenario', () => {
    const iterations = play(new Set(), (arrival) => (arrival % 10 === 0 ? 0 : 7))
    const starts = learn(iterations, new Set())
    for (const { written, invoke, due } of iterations) {
      expect(starts.intendedMs(written, invoke)).toBeCloseTo(due, 6)
    }
  })

  it('keep a lag of the generator where nothing was dropped', () => {
    const iterations = play(new Set(), (arrival) => (arrival > 300 && arrival < 400 ? 900 : 0))
    const starts = learn(iterations, new Set())
    const late = iterations[350] as (typeof iterations)[number]
    expect(late.invoke - starts.intendedMs(late.written, late.invoke)).toBeCloseTo(900, 6)
  })

  it('know which iterations were due by a time, and when', () => {
    const starts = learn(
      play(new Set(), () => 0),
      new Set(),
    )
    expect(starts.dueBy(scenarioStartMs + leadMs + 1_000)).toHaveLength(50)
    expect(starts.dueBy(0)).toEqual([])
    expect(starts.dueMs(0)).toBeCloseTo(scenarioStartMs + leadMs + 20, 6)
  })

  it('are settled up to the last tick', () => {
    const starts = intendedStarts(profile)
    starts.begin(0)
    expect(starts.isSettled(5)).toBe(false)
    starts.tick(1_000, 0)
    expect(starts.isSettled(1_000)).toBe(true)
    expect(starts.isSettled(1_001)).toBe(false)
  })
})

describe('intended starts for all patterns of dropping', () => {
  it('are right wherever the generator is on time', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(times.length - 1), fc.integer({ min: 1, max: 150 })), { maxLength: 5 }),
        (stretches) => {
          const dropped = new Set(
            stretches.flatMap(([from, length]) => Array.from({ length }, (_, index) => from + index)),
          )
          // Were the first ones dropped, nothing would tell how long the virtual users took to get ready.
          for (let arrival = 0; arrival < 5; arrival += 1) dropped.delete(arrival)
          for (const arrival of dropped) if (arrival >= times.length) dropped.delete(arrival)
          const iterations = play(dropped, () => 0)
          const starts = learn(iterations, dropped)
          for (const { written, invoke, due } of iterations) {
            expect(Math.abs(starts.intendedMs(written, invoke) - due)).toBeLessThan(0.01)
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})
