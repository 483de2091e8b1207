import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { silentLog } from '../telemetry/log.ts'
import { type AutoscalerParts, autoscale, type Fleet } from './autoscaler.ts'
import type { Demand } from './recommend.ts'

const secondMs = 1_000

interface Model {
  /** Orders a second at a time. */
  readonly arrivals: (second: number) => number
  readonly replicas?: number
  /** How long a replica takes to start, and to drain. */
  readonly startMs?: number
  readonly drainMs?: number
  readonly sees?: (second: number) => boolean
}

// What a worker was measured to do.
const perReplica = 500

/** A queue and its workers as numbers: arrivals come in, each ready replica takes 500 a second. */
function world({ arrivals, replicas = 2, startMs = 2_000, drainMs = 3_000, sees = () => true }: Model) {
  const clock = new ManualClock()
  let ready = replicas
  let running = replicas
  let backlog = 0
  const seen: number[] = []
  const backlogs: number[] = []
  let drainedBusy = 0
  const fleet: Fleet = {
    count: async () => running,
    async grow() {
      running += 1
      clock.sleep(startMs).then(() => {
        ready += 1
      })
    },
    async shrink() {
      running -= 1
      await clock.sleep(drainMs)
      ready -= 1
      drainedBusy += 1
    },
  }
  const second = () => Math.floor(clock.nowMs() / secondMs)
  const demand = async (): Promise<Demand> => {
    if (!sees(second())) return { backlog: undefined, oldestAgeMs: undefined, arrivalsPerSecond: undefined }
    const oldestAgeMs = (backlog / (Math.max(1, ready) * perReplica)) * secondMs
    return { backlog, oldestAgeMs, arrivalsPerSecond: arrivals(second()) }
  }
  const parts: AutoscalerParts = {
    fleet,
    demand,
    targets: {
      backlogPerReplica: 500,
      oldestAgeMs: 2_000,
      arrivalsPerReplica: 400,
      min: 2,
      max: 12,
      tolerance: 0.1,
    },
    behaviour: { downWindowMs: 30_000, upStep: 4, downStep: 1, periodMs: 5_000 },
    graceMs: 10_000,
    everyMs: secondMs,
    clock,
    log: silentLog,
  }
  async function live(seconds: number) {
    for (let n = 0; n < seconds; n += 1) {
      backlog = Math.max(0, backlog + arrivals(second()) - ready * perReplica)
      await clock.advance(secondMs)
      seen.push(running)
      backlogs.push(backlog)
    }
  }
  return { parts, live, seen, backlogs, drained: () => drainedBusy }
}

/** How often the number turned from growing to shrinking or back. */
function turns(counts: readonly number[]): number {
  const steps = counts.slice(1).map((count, n) => Math.sign(count - (counts[n] as number)))
  const moves = steps.filter((step) => step !== 0)
  return moves.slice(1).filter((move, n) => move !== moves[n]).length
}

async function scaled(model: Model, seconds: number) {
  const made = world(model)
  const ended = new AbortController()
  autoscale(made.parts, ended.signal)
  await made.live(seconds)
  ended.abort()
  return made
}

describe('an autoscaler', () => {
  it('has enough workers ten seconds after a spike begins', async () => {
    const { seen, backlogs } = await scaled({ arrivals: (second) => (second < 10 ? 100 : 4_000) }, 40)
    expect(seen[8]).toBe(2)
    expect(seen[19]).toBeGreaterThanOrEqual(8)
    expect(backlogs.at(-1)).toBe(0)
  })

  it('sends workers home after the spike, one after the other, and down to the least', async () => {
    const { seen, drained } = await scaled({ arrivals: (second) => (second < 20 ? 3_000 : 100) }, 200)
    expect(Math.max(...seen)).toBeGreaterThanOrEqual(6)
    expect(seen.at(-1)).toBe(2)
    expect(turns(seen)).toBe(1)
    expect(drained()).toBe(Math.max(...seen) - 2)
    for (const [n, count] of seen.entries()) expect((seen[n - 1] ?? count) - count).toBeLessThanOrEqual(1)
  })

  it('does not swing with a square wave whose lulls are shorter than its patience', async () => {
    const { seen } = await scaled({ arrivals: (second) => (second % 20 < 10 ? 3_000 : 0) }, 200)
    expect(turns(seen)).toBeLessThanOrEqual(1)
  })

  it('changes nothing while its metrics are away, and goes on when they are back', async () => {
    const { seen } = await scaled({ arrivals: () => 3_000, replicas: 3, sees: (second) => second >= 30 }, 60)
    expect(new Set(seen.slice(0, 29))).toEqual(new Set([3]))
    expect(seen.at(-1)).toBeGreaterThanOrEqual(6)
  })

  it('leaves the fleet as it is when it dies, and goes on from there when it is back', async () => {
    const made = world({ arrivals: () => 2_500 })
    const first = new AbortController()
    autoscale(made.parts, first.signal)
    await made.live(20)
    first.abort()
    const before = made.seen.at(-1) as number
    await made.live(20)
    expect(new Set(made.seen.slice(20))).toEqual(new Set([before]))
    const second = new AbortController()
    autoscale(made.parts, second.signal)
    await made.live(20)
    second.abort()
    expect(made.seen.at(-1)).toBeGreaterThanOrEqual(5)
  })

  it('survives a fleet that cannot be asked or changed', async () => {
    const made = world({ arrivals: () => 3_000 })
    let asked = 0
    const fleet: Fleet = {
      ...made.parts.fleet,
      count() {
        asked += 1
        return asked < 5 ? Promise.reject(new Error('no engine')) : made.parts.fleet.count()
      },
    }
    const ended = new AbortController()
    autoscale({ ...made.parts, fleet }, ended.signal)
    await made.live(30)
    ended.abort()
    expect(made.seen.at(-1)).toBeGreaterThanOrEqual(6)
  })
})
