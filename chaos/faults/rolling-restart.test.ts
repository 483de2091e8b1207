import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { membersOfRole } from './docker-engine.ts'
import { fakeEngine } from './engine.fixture.ts'

it('rolling-restart restarts each member of the role, and is felt by another StartedAt of each', async () => {
  await using engine = await fakeEngine()
  const target = engine.target()
  const options = { graceS: 3, restMs: 0 }
  await keepsTheContract({ kind: 'rolling-restart', target, options, runId: engine.context.runId })
  expect(engine.changes.filter((change) => change.startsWith('restart'))).toEqual(['restart?t=3'])
})

it('members of a role are told by their names, the target itself in any case', async () => {
  await using engine = await fakeEngine()
  const { containerId } = engine.target()
  const members = (role: string, id: string) =>
    membersOfRole(engine.docker, 'run-1', { role, containerId: id })
  engine.state.labels['seawall.name'] = 'worker-12'
  expect(await members('worker', 'another')).toEqual([containerId])
  expect(await members('work', 'another')).toEqual([])
  expect(await members('api', containerId)).toEqual([containerId])
})
