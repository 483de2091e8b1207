import { Client } from 'cassandra-driver'
import { fixedAddress } from '../store/fixed-address.ts'

const readTimeoutMs = 30_000

/** A client of the store that is published on this port of loopback, past every cache and every proxy. */
export function storeClient(port: number): Client {
  return new Client({
    contactPoints: [`127.0.0.1:${port}`],
    localDataCenter: 'datacenter1',
    socketOptions: { readTimeout: readTimeoutMs, connectTimeout: 5_000 },
    // One node, at the address that we were given: others that it names cannot be reached from here.
    policies: { addressResolution: fixedAddress('127.0.0.1', port).translator },
  })
}
