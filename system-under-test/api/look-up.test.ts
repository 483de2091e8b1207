import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { createCircuitBreaker } from '../resilience/circuit-breaker.ts'
import type { DigestsOutcome, OrderStore } from '../store/order-store.ts'
import { createLookUp } from './look-up.ts'

function world(answer: (ids: readonly string[]) => DigestsOutcome, answerMs = 10) {
  const clock = new ManualClock()
  const asked: (readonly string[])[] = []
  const store: Pick<OrderStore, 'digestsOf'> = {
    async digestsOf(ids) {
      asked.push(ids)
      await clock.sleep(answerMs)
      return answer(ids)
    },
  }
  const breaker = createCircuitBreaker({ clock, random: { next: () => 0.5 } })
  return { clock, asked, breaker, lookUp: createLookUp({ store, breaker, clock, timeoutMs: 150 }) }
}

const ids = (count: number) => Array.from({ length: count }, (_, n) => `o${n}`)
const all = (known: readonly string[]): DigestsOutcome => ({
  kind: 'found',
  digests: new Map(known.map((id) => [id, `digest of ${id}`])),
})
const away = (): DigestsOutcome => ({ kind: 'away', cause: 'test' })

describe('a look-up', () => {
  it('gathers questions while others are on their way', async () => {
    const { clock, asked, lookUp } = world(all)
    const first = lookUp('a')
    await clock.advance(0)
    const rest = ids(100).map(lookUp)
    await clock.advance(100)
    expect(await first).toBe('digest of a')
    expect(await Promise.all(rest)).toEqual(ids(100).map((id) => `digest of ${id}`))
    expect(asked.length).toBeLessThanOrEqual(4)
  })

  it('knows nothing of an order that is not stored', async () => {
    const { clock, lookUp } = world(() => all([]))
    const answer = lookUp('a')
    await clock.advance(10)
    expect(await answer).toBeUndefined()
  })

  it('gives up on a slow store after its time', async () => {
    const { clock, lookUp } = world(all, 60_000)
    const answer = lookUp('a')
    await clock.advance(150)
    expect(await answer).toBeUndefined()
  })

  it('asks no more while the breaker is open', async () => {
    const { clock, asked, breaker, lookUp } = world(away)
    for (let n = 0; n < 30; n += 1) {
      lookUp('a')
      await clock.advance(10)
    }
    expect(breaker.state()).toBe('open')
    expect(asked.length).toBeLessThan(20)
  })

  it('does without an answer for those who come while too many wait', async () => {
    const { clock, lookUp } = world(all)
    const answers = ids(600).map(lookUp)
    await clock.advance(1_000)
    const known = (await Promise.all(answers)).filter((digest) => digest !== undefined)
    expect(known.length).toBeGreaterThanOrEqual(256)
    expect(known.length).toBeLessThan(600)
  })

  it('is left out for what is beyond 500 orders a second, and comes back with the next second', async () => {
    const { clock, lookUp } = world(all, 0)
    const known = async (count: number) => {
      const answers = ids(count).map((id) => lookUp(id))
      await clock.advance(10)
      return (await Promise.all(answers)).filter((digest) => digest !== undefined).length
    }
    expect([await known(250), await known(250), await known(250)]).toEqual([250, 250, 0])
    await clock.advance(1_000)
    expect(await known(250)).toBe(250)
  })

  it('is for a tenth as many where ten times as many came a second ago', async () => {
    const { clock, lookUp } = world(all, 0)
    const known = async (count: number) => {
      let found = 0
      for (let sent = 0; sent < count; sent += 250) {
        const answers = ids(250).map((id) => lookUp(id))
        await clock.advance(10)
        found += (await Promise.all(answers)).filter((digest) => digest !== undefined).length
      }
      return found
    }
    expect(await known(5_000)).toBe(500)
    await clock.advance(1_000)
    expect(await known(500)).toBe(50)
    await clock.advance(1_000)
    expect(await known(500)).toBe(500)
  })
})
