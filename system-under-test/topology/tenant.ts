/** Ids of a run are its run id and a number: they say where they came from, also in a store that was kept. */
export const ledgerPrefixOf = (runId: string) => `${runId}-`

/** Names for this run inside a broker and a store that other runs may share. */
export function tenantOf(runId: string): { readonly vhost: string; readonly keyspace: string } {
  const word = runId.toLowerCase().replaceAll(/[^a-z0-9]+/g, '_')
  return { vhost: runId, keyspace: `r_${word}`.slice(0, 48) }
}
