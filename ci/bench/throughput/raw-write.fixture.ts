import { Client, types } from 'cassandra-driver'
import { digestOf } from '../../../system-under-test/orders/digest.ts'
import { readSettings } from '../../../system-under-test/settings.ts'
import { schemaOf, statementsOf } from '../../../system-under-test/store/schema.ts'
import { measureWhenAsked, type Once } from './closed-loop.ts'
import { freshKey, orderText } from './order.ts'

// What a conditional write alone costs: the service's own batch, with the driver's own settings.
const { host, port, datacenter, keyspace } = readSettings(process.env).store
const client = new Client({
  contactPoints: [`${host}:${port}`],
  localDataCenter: datacenter,
  pooling: { maxRequestsPerConnection: 2_048 },
})
await client.connect()
for (const statement of schemaOf(keyspace)) await client.execute(statement)
const { claimOrder, writeEffect } = statementsOf(keyspace)
const { quorum: consistency, serial: serialConsistency } = types.consistencies

const write: Once = async () => {
  const [key, text] = [freshKey(), orderText()]
  const queries = [
    { query: claimOrder, params: ['done', digestOf(text), text, key] },
    { query: writeEffect, params: [key, '00000001', 'bench'] },
  ]
  const result = await client.batch(queries, { prepare: true, consistency, serialConsistency })
  if (!result.wasApplied()) throw new Error(`${key} was there before`)
}

measureWhenAsked(async ({ clients }) => ({
  works: Array.from({ length: clients }, () => write),
  close: () => {},
}))
