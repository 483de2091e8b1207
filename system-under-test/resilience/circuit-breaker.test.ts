import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { type BreakerState, type CallEnd, createCircuitBreaker } from './circuit-breaker.ts'

function world() {
  const clock = new ManualClock()
  const seen: BreakerState[] = []
  const breaker = createCircuitBreaker({
    clock,
    random: { next: () => 0.5 },
    calls: 10,
    firstOpenMs: 1_000,
    openMsMax: 4_000,
    changed: (state) => seen.push(state),
  })
  const call = (end: CallEnd) => {
    const leave = breaker.enter()
    leave?.(end)
    return leave !== undefined
  }
  return { clock, breaker, seen, call }
}

describe('a circuit breaker', () => {
  it('opens when more than half of the latest calls failed, and then lets nothing through', () => {
    const { breaker, call } = world()
    for (let n = 0; n < 5; n += 1) call('success')
    for (let n = 0; n < 5; n += 1) call('failure')
    expect(breaker.state()).toBe('closed')
    call('failure')
    expect(breaker.state()).toBe('open')
    expect(call('success')).toBe(false)
  })

  it("is not moved by the caller's own mistakes", () => {
    const { breaker, call } = world()
    for (let n = 0; n < 100; n += 1) call('neither')
    expect(breaker.state()).toBe('closed')
  })

  it('lets one call through after a pause, and closes if it succeeds', async () => {
    const { clock, breaker, seen, call } = world()
    for (let n = 0; n < 10; n += 1) call('failure')
    await clock.advance(1_000)
    const probe = breaker.enter()
    expect(probe).toBeDefined()
    expect(breaker.enter()).toBeUndefined()
    probe?.('success')
    expect(seen).toEqual(['open', 'half-open', 'closed'])
    expect(call('success')).toBe(true)
  })

  it('pauses longer after each probe that failed, up to a bound', async () => {
    const { clock, breaker, call } = world()
    for (let n = 0; n < 10; n += 1) call('failure')
    const pauses: number[] = []
    for (let round = 0; round < 5; round += 1) {
      const openedMs = clock.nowMs()
      let probe = breaker.enter()
      for (; probe === undefined; probe = breaker.enter()) await clock.advance(10)
      pauses.push(clock.nowMs() - openedMs)
      probe('failure')
    }
    // Half of the bound and, with this chance, half of the other half: 3/4 of 1, 2, 4, 4, 4 s.
    expect(pauses).toEqual([750, 1_500, 3_000, 3_000, 3_000])
  })

  it('says how long it has not been closed, over every probe that failed', async () => {
    const { clock, breaker, call } = world()
    expect(breaker.awayMs()).toBe(0)
    for (let n = 0; n < 10; n += 1) call('failure')
    await clock.advance(1_000)
    call('failure')
    await clock.advance(2_000)
    expect(breaker.awayMs()).toBe(3_000)
    call('success')
    expect(breaker.state()).toBe('closed')
    expect(breaker.awayMs()).toBe(0)
  })

  it('is not moved by a call that began before it changed', async () => {
    const { clock, breaker, call } = world()
    const slow = breaker.enter()
    for (let n = 0; n < 10; n += 1) call('failure')
    await clock.advance(1_000)
    const probe = breaker.enter()
    slow?.('failure')
    expect(breaker.state()).toBe('half-open')
    probe?.('success')
    expect(breaker.state()).toBe('closed')
  })
})
