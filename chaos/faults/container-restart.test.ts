import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { fakeEngine } from './engine.fixture.ts'

it('container-restart is felt by another StartedAt, which is the usual one after the heal', async () => {
  await using engine = await fakeEngine()
  const example = { kind: 'container-restart', target: engine.target() }
  const { evidence } = await keepsTheContract({ ...example, runId: engine.context.runId })
  expect(evidence).toMatch(/^worker-1 running, started 2026.*, before 2026-01-01T00:00:00.000000001Z$/)
  expect(engine.changes[0]).toBe('restart?t=10')
})
