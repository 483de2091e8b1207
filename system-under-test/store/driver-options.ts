import { type ClientOptions, policies } from 'cassandra-driver'
import type { CassandraStoreOptions } from './cassandra-store.ts'
import type { FixedAddress } from './fixed-address.ts'

/** How the driver is to behave: one address, and no decision of its own after a failure. */
export async function driverOptions(
  {
    address,
    timeoutMs,
    connectTimeoutMs,
    reconnectMsMax,
  }: Pick<CassandraStoreOptions, 'address' | 'timeoutMs' | 'connectTimeoutMs' | 'reconnectMsMax'>,
  fixed: FixedAddress,
): Promise<ClientOptions> {
  return {
    contactPoints: [await fixed.resolve()],
    localDataCenter: address.datacenter,
    isMetadataSyncEnabled: false,
    protocolOptions: { port: address.port },
    policies: {
      addressResolution: fixed.translator,
      reconnection: new policies.reconnection.ConstantReconnectionPolicy(reconnectMsMax),
      // Nothing is tried twice behind our back: what to do after a failure is decided in one place, the worker.
      retry: new policies.retry.FallthroughRetryPolicy(),
    },
    // A link that swallows everything is given up after a few timeouts, not after the driver's 64.
    socketOptions: {
      connectTimeout: connectTimeoutMs,
      readTimeout: timeoutMs,
      defunctReadTimeoutThreshold: 8,
    },
    pooling: { heartBeatInterval: 2_000, maxRequestsPerConnection: 2_048 },
  }
}
