/**
 * One partition an order: its own columns are static, and each effect that was carried out for it is a row. So a
 * doubled effect is a second row beside the first, and state and effect are written by one batch in one partition.
 */
export function schemaOf(keyspace: string): readonly string[] {
  return [
    `CREATE KEYSPACE IF NOT EXISTS ${keyspace}
       WITH replication = {'class': 'SimpleStrategy', 'replication_factor': 1}`,
    `CREATE TABLE IF NOT EXISTS ${keyspace}.orders (
       order_id text,
       effect_id text,
       worker text,
       state text static,
       digest text static,
       payload text static,
       PRIMARY KEY (order_id, effect_id)
     )`,
  ]
}

/**
 * One partition an article, one row an order. Only orders of two steps need it; a row never goes away, so that a hold
 * that comes too late finds what became of its order.
 */
export function stockSchemaOf(keyspace: string): readonly string[] {
  return [
    `CREATE TABLE IF NOT EXISTS ${keyspace}.stock (
       sku text,
       order_id text,
       quantity int,
       state text,
       PRIMARY KEY (sku, order_id)
     )`,
  ]
}

export function statementsOf(keyspace: string) {
  const stock = `${keyspace}.stock`
  const table = `${keyspace}.orders`
  return {
    // The condition is on the one column that a conflict is told by, so that a refusal does not bring the payload back.
    claimOrder: `UPDATE ${table} SET state = ?, digest = ?, payload = ? WHERE order_id = ? IF digest = null`,
    writeOrder: `UPDATE ${table} SET state = ?, digest = ?, payload = ? WHERE order_id = ?`,
    writeEffect: `INSERT INTO ${table} (order_id, effect_id, worker) VALUES (?, ?, ?)`,
    readOrder: `SELECT state, digest, payload, effect_id, worker FROM ${table} WHERE order_id = ?`,
    readDigests: `SELECT order_id, digest FROM ${table} WHERE order_id IN ? PER PARTITION LIMIT 1`,
    ping: 'SELECT key FROM system.local',
    stepOrder: `UPDATE ${table} SET state = ? WHERE order_id = ? IF state = ?`,
    // Conditional, both: what is written in one way only is ordered by the store alone, and by nobody's clock.
    holdStock: `INSERT INTO ${stock} (sku, order_id, quantity, state) VALUES (?, ?, ?, 'held') IF NOT EXISTS`,
    releaseStock: `UPDATE ${stock} SET state = 'released', quantity = ? WHERE sku = ? AND order_id = ? IF state != 'released'`,
  }
}
