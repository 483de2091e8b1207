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
  {
    id: 'M15',
    title: 'no drain on SIGTERM',
    waitsFor: 'a promise about unsure answers in a planned restart',
  },
  { id: 'M17', title: 'a second consumer after each reconnect', waitsFor: 'a residue check on the broker' },
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
    id: 'M49',
    title: 'retries without budget and jitter in three layers',
    waitsFor: 'a promise about goodput',
  },
  { id: 'M50', title: 'a breaker that never half-opens', waitsFor: 'a promise about recovery' },
  { id: 'M51', title: 'a breaker that counts bad requests', waitsFor: 'a promise about availability' },
  { id: 'M52', title: 'one breaker for all dependencies', waitsFor: 'a promise about availability' },
  { id: 'M53', title: 'an unbounded queue at the door', waitsFor: 'a capacity of the simulated API' },
  { id: 'M54', title: 'work for callers who have left', waitsFor: 'a promise about wasted work' },
  { id: 'M55', title: 'load shedding by CPU alone', waitsFor: 'a promise about response times' },
  { id: 'M56', title: 'an autoscaler that looks at CPU', waitsFor: autoscaler },
  { id: 'M57', title: 'an autoscaler that flaps', waitsFor: autoscaler },
  { id: 'M58', title: 'a shallow health check', waitsFor: 'a load balancer before the simulated API' },
]
