/** A mutant that no run can show yet, and what it waits for: listed in every matrix, never silently absent. */
export interface NotYet {
  readonly id: string
  readonly title: string
  readonly waitsFor: string
}

const kafka = 'a topology with Kafka'
const threeNodes = 'a topology with three nodes of the store'
const cql = 'containers: the bug lives in a CQL statement, which only the real store reads'
const cache = 'the read-through cache'
const autoscaler = 'the autoscaler'

export const notYet: readonly NotYet[] = [
  { id: 'M18', title: 'backpressure ignored', waitsFor: 'containers: memory has no limit in a simulation' },
  { id: 'M24', title: 'acks=1', waitsFor: kafka },
  { id: 'M25', title: 'auto-commit before processing', waitsFor: kafka },
  { id: 'M26', title: 'idempotence off', waitsFor: kafka },
  { id: 'M27', title: 'unclean leader election', waitsFor: kafka },
  { id: 'M38', title: 'scale-in kills a busy worker', waitsFor: autoscaler },
  { id: 'M41', title: 'writes at consistency ONE', waitsFor: threeNodes },
  { id: 'M42', title: 'the wall clock as write timestamp', waitsFor: cql },
  { id: 'M43', title: 'a TTL on order rows', waitsFor: cql },
  { id: 'M44', title: 'a plain update on a row of conditional writes', waitsFor: cql },
  { id: 'M45', title: 'a periodic commit log', waitsFor: 'a simulated power loss' },
  { id: 'M46', title: 'the cache is written before the store', waitsFor: cache },
  { id: 'M47', title: 'a stale fill of the cache', waitsFor: cache },
  {
    id: 'M54',
    title: 'work for callers who have left',
    waitsFor:
      'work that can be given up: an order is published within milliseconds, and then it is carried out',
  },
  { id: 'M56', title: 'an autoscaler that looks at CPU', waitsFor: autoscaler },
  { id: 'M57', title: 'an autoscaler that flaps', waitsFor: autoscaler },
]
