import { expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { rulesFixture } from './rules.fixture.ts'

it('isolation is felt by silence towards everybody, and gone after the heal', async () => {
  await using world = await rulesFixture()
  const { engine, firewall, target } = world
  const example = { kind: 'isolation', target, runId: engine.context.runId, run: firewall.run }
  const { evidence } = await keepsTheContract(example)
  expect(evidence).toMatch(/worker-1 to broker: no packet.*worker-1 to store: no packet.*gets no answer$/)
  expect(firewall.commands).toContainEqual(
    'nsenter -t 4242 -n iptables -w 10 -I INPUT ! -i lo -m comment --comment seawall-run-1-f-isolation -j DROP',
  )
  expect(firewall.rules).toEqual([])
})
