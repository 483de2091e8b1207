import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../chaos/faults/list.ts'
import { experimentOf } from '../../scenarios/experiments/list.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import { withPair, withSwarm } from './fault-choice.ts'
import { replicas } from './order-intake-system.ts'
import { planRun } from './run-plan.ts'

const world = (seed: string) => ({ seed, targets: describeTargets(replicas), kinds: faultKinds })
const own = experimentOf('store-killed')
const seeds = Array.from({ length: 100 }, (_, at) => `${at}`)

/** A plan that could be played: nothing of it is refused. */
function planOf(experiment: typeof own, seed: string) {
  const { targets, kinds } = world(seed)
  return planRun({ experiment, seed, faults: true, targets, kinds }).schedule
}

describe('a pair of faults', () => {
  it('is two different faults on two parts, which are in together for two seconds at least, for every seed', () => {
    for (const seed of seeds) {
      const [one, other, ...more] = planOf(withPair(own, world(seed)), seed)
      expect(more).toEqual([])
      const [from, to] = [one, other].map((fault) => {
        const atMs = fault?.start !== undefined && 'atMs' in fault.start ? fault.start.atMs : Number.NaN
        return { atMs, endMs: atMs + (fault?.forMs ?? 0) }
      }) as [Span, Span]
      expect(Math.min(from.endMs, to.endMs) - Math.max(from.atMs, to.atMs)).toBeGreaterThanOrEqual(2_000)
      expect(one?.target).not.toBe(other?.target)
    }
  })

  it('differs from seed to seed, and is the same for the same one', () => {
    const drawn = seeds.map((seed) => JSON.stringify(planOf(withPair(own, world(seed)), seed)))
    expect(new Set(drawn).size).toBeGreaterThan(90)
    expect(drawn[7]).toBe(JSON.stringify(planOf(withPair(own, world('7')), '7')))
  })
})

describe('a swarm of faults', () => {
  it('can be played with every seed, and leaves objectives and alerts to the faults that they are for', () => {
    for (const seed of seeds) {
      const experiment = withSwarm(own, world(seed))
      expect(planOf(experiment, seed).length).toBeGreaterThanOrEqual(1)
      expect([experiment.objectives, experiment.alerts]).toEqual([[], undefined])
    }
  })

  it('never deletes a queue: that loses orders by itself', () => {
    const kinds = seeds.flatMap((seed) => withSwarm(own, world(seed)).faults.map(({ kind }) => kind))
    expect(kinds).not.toContain('queue-deleted')
  })
})

interface Span {
  readonly atMs: number
  readonly endMs: number
}
