import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('network-disconnect is felt by the interfaces inside, and gives name and network back', async () => {
  await using engine = await fakeEngine()
  const before = structuredClone(engine.state.networks.net?.Aliases)
  const plugged = () => engine.state.networks.net !== undefined
  engine.onExec = () => ({ stdout: `face |bytes\n    lo: 1 2\n${plugged() ? '  eth0: 3 4\n' : ''}` })
  const target = engine.target({ answers: async () => plugged() })
  const { evidence } = await keepsTheContract({
    kind: 'network-disconnect',
    target,
    runId: engine.context.runId,
  })
  expect(evidence).toBe('worker-1 has the interfaces lo; a greeting gets no answer')
  expect(engine.state.networks.net?.Aliases).toEqual(before)
})
