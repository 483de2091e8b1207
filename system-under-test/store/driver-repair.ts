import type { Client } from 'cassandra-driver'
import type { Clock } from '../clock.ts'

/** The part of the driver (4.10) that keeps its view of the cluster, and that races with itself. */
interface ControlConnection {
  connection: unknown
  _isShuttingDown: boolean
  _refresh(hosts?: unknown): Promise<void>
}

const againMs = 1_000

/**
 * The driver's control connection is refreshed by a timer and by the end of its socket, and where both happen at once one takes
 * the connection away under the other: a TypeError that nobody catches, and that would end the process in the middle of
 * a store's outage. Here it is caught, and the refresh is done again if it is still needed.
 */
export function repairControlConnection(client: Client, clock: Clock): void {
  const control = (client as unknown as { readonly controlConnection: ControlConnection }).controlConnection
  const refresh = control._refresh.bind(control)
  control._refresh = async (hosts) => {
    try {
      await refresh(hosts)
    } catch {
      await clock.sleep(againMs)
      const needed = !control._isShuttingDown && (control.connection ?? null) === null
      if (needed) await control._refresh()
    }
  }
}
