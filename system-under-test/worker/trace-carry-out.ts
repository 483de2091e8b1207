import type { OrderStore } from '../store/order-store.ts'
import type { Tracer } from '../telemetry/tracer.ts'
import type { CarryOut } from './carry-out.ts'

/** The same work, seen: one span for each attempt to carry an order out, and one below it for each talk with the store. */
export function traceCarryOut(
  tracer: Tracer | undefined,
  store: OrderStore,
  make: (store: OrderStore) => CarryOut,
): CarryOut {
  if (tracer === undefined) return make(store)
  return async (message) => {
    const span = tracer.begin('carry out', 'consumer', message.traceparent)
    const carryOut = make(traceStore(tracer, store, span.traceparent))
    const settlement = await carryOut({ ...message, traceparent: span.traceparent })
    span.end({ 'order.id': message.orderId, settlement: settlement.kind })
    return settlement
  }
}

function traceStore(tracer: Tracer, store: OrderStore, parent: string): OrderStore {
  async function traced<T extends { readonly kind: string }>(
    name: string,
    ask: () => Promise<T>,
  ): Promise<T> {
    const span = tracer.begin(name, 'client', parent)
    const outcome = await ask()
    span.end({ outcome: outcome.kind })
    return outcome
  }
  return {
    write: (batch) => traced('store write', () => store.write(batch)),
    step: (step) => traced('store step', () => store.step(step)),
    hold: (reservation) => traced('store hold', () => store.hold(reservation)),
    release: (reservation) => traced('store release', () => store.release(reservation)),
    read: (orderId, consistency) => traced('store read', () => store.read(orderId, consistency)),
    digestsOf: (orderIds) => store.digestsOf(orderIds),
    ping: () => store.ping(),
    close: () => store.close(),
  }
}
