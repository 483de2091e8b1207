import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'
import { storeRefusesClients } from './store-refuses-clients.ts'

describe('store-refuses-clients', () => {
  it('is felt by a greeting without answer and by what the store says, and gone after the heal', async () => {
    await using engine = await fakeEngine()
    let accepts = true
    const set = async (value: boolean) => {
      accepts = value
    }
    const store = {
      refuseClients: () => set(false),
      acceptClients: () => set(true),
      acceptsClients: async () => accepts,
    }
    const target = engine.target({ store, answers: async () => accepts })
    const example = { kind: 'store-refuses-clients', target, runId: engine.context.runId }
    expect((await keepsTheContract(example)).evidence).toContain('it says that it takes no clients')
  })

  it('says so where the topology forgot the control', async () => {
    await using engine = await fakeEngine()
    const make = () => storeRefusesClients.create(engine.target(), {}, engine.context)
    expect(make).toThrow('worker-1 says that it is a store but has no store control')
  })
})
