import { Toxiproxy } from 'toxiproxy-node-client'
import type { LoadGate } from './load-generator.ts'
import { gateListen } from './plan-links.ts'
import { toxiproxyAlias } from './toxiproxy-container.ts'

const name = 'load-gate'

/** Answers with 200 as soon as the gate is open, and cannot be reached before. */
export const gateUrl = `http://${toxiproxyAlias}:${gateListen}/version`

/** A door at Toxiproxy, which the load generator sees from where it is; behind it is nothing but Toxiproxy itself. */
export function loadGate(apiPort: number): LoadGate {
  const api = new Toxiproxy(`http://127.0.0.1:${apiPort}`)
  return {
    async open() {
      await api.createProxy({ name, listen: `0.0.0.0:${gateListen}`, upstream: '127.0.0.1:8474' })
    },
    async remove() {
      // Left there, it lets nobody in any more: who waited for it has begun.
      await api
        .get(name)
        .then((proxy) => proxy.remove())
        .catch(() => {})
    },
  }
}
