import { describe, expect, it } from 'vitest'
import { requestOf } from '../api/service.fixture.ts'
import { ManualClock } from '../manual-clock.ts'
import { InMemoryStore, type StoreHooks } from '../store/in-memory-store.ts'
import { createIntake } from './intake.ts'

function world(hooks: StoreHooks = {}) {
  const clock = new ManualClock()
  const store = new InMemoryStore({ clock, timeoutMs: 2_000, hooks })
  let chance = 0
  const random = {
    next() {
      chance += 0.001
      return chance
    },
  }
  const submit = createIntake({ store: store.connect(), random, replica: 'api-1', stored: () => {} })
  return { clock, submit, effects: () => store.orders().map(({ effects }) => effects.length) }
}

describe('the service before its redesign', () => {
  it('is fine as long as nothing happens', async () => {
    const { submit, effects } = world()
    expect((await submit(requestOf('a'))).status).toBe(202)
    expect((await submit(requestOf('a'))).status).toBe(202)
    expect(effects()).toEqual([1])
  })

  it('carries an order out twice when two ask at once', async () => {
    const { clock, submit, effects } = world({ answerMs: () => 10 })
    submit(requestOf('a'))
    submit(requestOf('a'))
    await clock.advance(100)
    expect(effects()).toEqual([2])
  })

  it('carries an order out three times, and says that it failed, when answers are lost', async () => {
    const { clock, submit, effects } = world({
      fate: (operation) => (operation === 'write' ? 'lost after' : 'answered'),
    })
    const asking = submit(requestOf('a'))
    await clock.advance(10_000)
    expect((await asking).status).toBe(500)
    expect(effects()).toEqual([3])
  })
})
