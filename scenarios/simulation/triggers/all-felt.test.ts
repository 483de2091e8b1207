import { describe, expect, it } from 'vitest'
import { randomFrom } from '../../../chaos/kernel/random.ts'
import type { SimulatedFault } from '../simulated-fault.ts'
import { allFelt } from './all-felt.ts'
import { partitionsSwarm } from './partitions-swarm.ts'
import { swarm } from './swarm.ts'

const stop: SimulatedFault = { kind: 'process-stop', target: 'api-1', atMs: 2_000, forMs: 2_000 }
const stall: SimulatedFault = { kind: 'blackhole', target: 'api-1→broker', atMs: 2_500, forMs: 1_200 }
const away: SimulatedFault = { kind: 'broker-restart', target: 'broker', atMs: 2_000, forMs: 2_000 }
const slow: SimulatedFault = { kind: 'store-slow', target: 'store', atMs: 1_500, forMs: 1_200 }
const begins = (...faults: SimulatedFault[]) => allFelt(faults).map(({ atMs }) => atMs)

describe('faults of which one would hide another', () => {
  it('begin with the hidden one, a second before', () => {
    expect(begins(stop, stall)).toEqual([3_000, 2_000])
    expect(begins(stall, stop)).toEqual([2_000, 3_000])
    expect(begins(away, slow)).toEqual([2_500, 1_500])
    expect(begins({ ...away, kind: 'binding-removed', atMs: 4_500 }, slow)).toEqual([4_500, 1_500])
  })

  it('are as they were where the first is over when the second begins', () => {
    expect(begins(stop, { ...stall, atMs: 6_000 })).toEqual([2_000, 6_000])
    expect(begins(stop, { ...stall, atMs: 5_999 })).toEqual([3_000, 2_000])
  })

  it('are as they were where none hides another', () => {
    const faults = [stop, { ...stall, target: 'api-2→broker' }, { ...slow, atMs: 2_100 }]
    expect(allFelt(faults)).toEqual(faults)
  })

  it('are as they are meant where a trigger says what hides what', () => {
    const storeHides = ({ target }: SimulatedFault) => target === 'store'
    expect(allFelt([slow, stall], storeHides).map(({ atMs }) => atMs)).toEqual([2_500, 1_500])
    const schedules = Array.from({ length: 2_000 }, (_, seed) =>
      partitionsSwarm.faults(randomFrom(`${seed}`)),
    )
    const both = schedules.filter((faults) => faults.some(({ kind }) => kind === 'blackhole'))
    expect(both.length).toBeGreaterThan(100)
    for (const faults of both) {
      const hole = faults.find(({ kind }) => kind === 'blackhole') as SimulatedFault
      const store = faults.find(({ target }) => target === 'store')
      const isApart = (store?.atMs ?? 9_999) - hole.atMs >= 1_000
      const isOver = hole.atMs - (store?.atMs ?? 0) >= (store?.forMs ?? 0) + 2_000
      expect(isApart || isOver).toBe(true)
    }
  })

  it('never are among those of a swarm', () => {
    for (let seed = 0; seed < 2_000; seed += 1) {
      const faults = swarm.faults(randomFrom(`${seed}`))
      expect(allFelt(faults)).toEqual(faults)
    }
  })
})
