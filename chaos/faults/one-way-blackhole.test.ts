import { describe, expect, it } from 'vitest'
import { keepsTheContract } from './contract.fixture.ts'
import { parseDrops } from './one-way-blackhole.ts'
import { rulesFixture } from './rules.fixture.ts'

describe('one-way-blackhole', () => {
  it.each(['incoming', 'outgoing'])(
    'loses %s packets only, and is gone after the heal',
    async (direction) => {
      await using world = await rulesFixture()
      const { engine, firewall, target } = world
      const options = { direction, from: ['broker'] }
      const example = { kind: 'one-way-blackhole', target, options, runId: engine.context.runId }
      const { evidence } = await keepsTheContract({ ...example, run: firewall.run })
      expect(evidence).toContain(
        direction === 'incoming' ? '9 incoming and 0 outgoing packets' : '0 incoming and 9 outgoing packets',
      )
    },
  )

  it('reads the counters of each chain', () => {
    const text = `Chain INPUT (policy ACCEPT 3 packets, 180 bytes)
    pkts      bytes target     prot opt in     out     source               destination
       4      240 DROP       all  --  *      *       172.20.0.6           0.0.0.0/0  /* seawall-r-f1 */
       1       60 DROP       all  --  *      *       172.20.0.7           0.0.0.0/0  /* seawall-r-f1 */

Chain OUTPUT (policy ACCEPT 3 packets, 180 bytes)
    pkts      bytes target     prot opt in     out     source               destination
       2      120 REJECT     all  --  *      *       0.0.0.0/0            127.0.0.11`
    expect(parseDrops(text)).toEqual({ INPUT: 5, OUTPUT: 0 })
  })
})
