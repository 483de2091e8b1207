import { storeClient } from './store-client.ts'

/** Removes a keyspace with all that is in it; nothing happens where there is none. Throws if the store does not answer. */
export async function dropKeyspace(port: number, keyspace: string): Promise<void> {
  const client = storeClient(port)
  try {
    await client.connect()
    await client.execute(`DROP KEYSPACE IF EXISTS ${keyspace}`)
  } finally {
    await client.shutdown()
  }
}
