/** One effect of an order, as a row of its own: a second one beside it is an order that was carried out twice. */
export interface EffectRow {
  /** Eight hex digits, drawn anew for each attempt to carry the order out. */
  readonly effectId: string
  readonly worker: string
}

/**
 * `done` and `refused` are for ever. `reserving` is the time between the two steps of an order that takes them: what it
 * needs is being put aside, and it is not carried out yet.
 */
export const orderStates = ['reserving', 'done', 'refused'] as const
export type OrderState = (typeof orderStates)[number]

export interface StoredOrder {
  readonly orderId: string
  readonly state: OrderState
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

/** An order goes from one state to another, with its effects in the same batch; or, being in another state, not at all. */
export interface OrderStep {
  readonly orderId: string
  readonly from: OrderState
  readonly to: OrderState
  readonly effects: readonly EffectRow[]
}

/** Pieces of one article put aside for one order: held once, and once released never held again. */
export interface Reservation {
  readonly sku: string
  readonly orderId: string
  readonly quantity: number
}

/** `unsure`: sent, and no answer; it may have been written. `away`: certainly not written. */
export type WriteOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'exists'; readonly digest: string }
  | { readonly kind: 'unsure'; readonly cause: string }
  | { readonly kind: 'away'; readonly cause: string }

/** `stands`: it was in another state, and stays there; undefined where there is no such order. */
export type StepOutcome =
  | { readonly kind: 'applied' }
  | { readonly kind: 'stands'; readonly state: OrderState | undefined }
  | Extract<WriteOutcome, { readonly kind: 'unsure' | 'away' }>

/** `settled`: held, or it was released before; either way there is nothing to do. */
export type ReservationOutcome =
  | { readonly kind: 'settled' }
  | Extract<WriteOutcome, { readonly kind: 'unsure' | 'away' }>

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
  /** Conditional on the state that it leaves. */
  step(step: OrderStep): Promise<StepOutcome>
  /** Puts pieces aside, unless that was done or undone before. */
  hold(reservation: Reservation): Promise<ReservationOutcome>
  /** Gives them back for good; a hold that comes later finds them released. */
  release(reservation: Reservation): Promise<ReservationOutcome>
  read(orderId: string, consistency: ReadConsistency): Promise<ReadOutcome>
  /** The digests of those orders that are stored, for many at once; unknown ones are left out. */
  digestsOf(orderIds: readonly string[]): Promise<DigestsOutcome>
  /** Does the store answer at all? A look that costs it next to nothing. */
  ping(): Promise<boolean>
  close(): Promise<void>
}
