/** One effect of an order, as a row of its own: a second one beside it is an order that was carried out twice. */
export interface EffectRow {
  /** Eight hex digits, drawn anew for each attempt to carry the order out. */
  readonly effectId: string
  readonly worker: string
}

export interface StoredOrder {
  readonly orderId: string
  readonly state: 'done'
  readonly digest: string
  readonly payload: string
  readonly effects: readonly EffectRow[]
}

/** One batch within the partition of one order: all of it is written, or nothing. */
export interface OrderBatch {
  readonly orderId: string
  /** The order's own columns. */
  readonly order?: Pick<StoredOrder, 'state' | 'digest' | 'payload'>
  readonly effects: readonly EffectRow[]
  /** Written only if the order is not there yet (a lightweight transaction); else unconditionally. */
  readonly onlyIfAbsent: boolean
}

/** `unsure`: sent, and no answer; it may have been written. `away`: certainly not written. */
export type WriteOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'exists'; readonly digest: string }
  | { readonly kind: 'unsure'; readonly cause: string }
  | { readonly kind: 'away'; readonly cause: string }

export type ReadOutcome =
  | { readonly kind: 'found'; readonly order: StoredOrder }
  | { readonly kind: 'absent' }
  | { readonly kind: 'away'; readonly cause: string }

export type DigestsOutcome =
  | { readonly kind: 'found'; readonly digests: ReadonlyMap<string, string> }
  | { readonly kind: 'away'; readonly cause: string }

/** `serial` sees, and finishes, every conditional write that was begun before it; `quorum` may miss one on its way. */
export type ReadConsistency = 'serial' | 'quorum'

/** The port to the store. Nothing here rejects, and nothing is tried twice: what to do next is the caller's business. */
export interface OrderStore {
  write(batch: OrderBatch): Promise<WriteOutcome>
  read(orderId: string, consistency: ReadConsistency): Promise<ReadOutcome>
  /** The digests of those orders that are stored, for many at once; unknown ones are left out. */
  digestsOf(orderIds: readonly string[]): Promise<DigestsOutcome>
  /** Does the store answer at all? A look that costs it next to nothing. */
  ping(): Promise<boolean>
  close(): Promise<void>
}
