import { Client } from 'cassandra-driver'
import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { repairControlConnection } from './driver-repair.ts'

/** A control connection that fails so many times before it is connected. */
function world(failures: number, connectedAnyway = false) {
  const clock = new ManualClock()
  const control = {
    connection: null as unknown,
    _isShuttingDown: false,
    refreshes: 0,
    async _refresh() {
      control.refreshes += 1
      if (connectedAnyway) control.connection = {}
      if (control.refreshes <= failures) throw new TypeError("reading 'endpoint' of null")
      control.connection = {}
    },
  }
  repairControlConnection({ controlConnection: control } as unknown as Client, clock)
  return { clock, control }
}

describe('the repair of the driver', () => {
  it('finds what it repairs in the driver that is installed', async () => {
    const client = new Client({ contactPoints: ['127.0.0.1:1'], localDataCenter: 'datacenter1' })
    expect(() => repairControlConnection(client, new ManualClock())).not.toThrow()
    await client.shutdown()
  })

  it('tries again until there is a connection, and lets nothing through', async () => {
    const { clock, control } = world(3)
    const refreshed = control._refresh()
    await clock.advance(3_000)
    await refreshed
    expect(control.refreshes).toBe(4)
  })

  it('leaves it at that if another refresh was faster, or the client is shut down', async () => {
    const faster = world(1, true)
    const ended = world(1)
    ended.control._isShuttingDown = true
    for (const { clock, control } of [faster, ended]) {
      const refreshed = control._refresh()
      await clock.advance(5_000)
      await refreshed
      expect(control.refreshes).toBe(1)
    }
  })
})
