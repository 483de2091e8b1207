import type { FixedFault } from '../../chaos/schedule/schedule-text.ts'
import type { OrderIntakeLoad } from '../../scenarios/load-config.ts'
import type { SimulatedFault } from '../../scenarios/simulation/simulated-fault.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'

type Counterpart = Pick<SimulatedFault, 'kind' | 'target' | 'options'>

/** What a fault on containers is in the simulation; a kind that is not here has nothing that stands for it there. */
const counterparts: Readonly<Record<string, (fault: FixedFault) => Counterpart | undefined>> = {
  'container-kill': ({ target }) => ofContainer(target, 'process-kill'),
  'container-stop': ({ target }) => ofContainer(target, 'process-stop'),
  'container-restart': ({ target }) => ofContainer(target, 'process-stop'),
  'container-pause': ({ target }) => ofContainer(target, undefined),
  'clock-skew': ({ target }) => ({ kind: 'clock-skew', target }),
  'binding-removed': () => ({ kind: 'binding-removed', target: 'broker' }),
  'store-refuses-clients': () => ({ kind: 'store-down', target: 'store' }),
  'store-slow': () => ({ kind: 'store-slow', target: 'store', options: { serviceMs: 250 } }),
  latency: ({ target, options }) => ofLink(target, 'latency', { delayMs: Number(options.latencyMs ?? 200) }),
  // As that of the containers where nothing is said.
  bandwidth: ({ target, options }) =>
    ofLink(target, 'bandwidth', { kilobytesPerS: Number(options.kilobytesPerS ?? 8) }),
  'connection-cut': ({ target }) => ofLink(target, 'connection-cut'),
  'connection-reset': ({ target }) => ofLink(target, 'connection-reset'),
  blackhole: ({ target }) => ofLink(target, 'blackhole-then-reset'),
}

/**
 * The same load and faults at the same times, for the simulation; undefined where one of the faults has no counterpart
 * there. It is less than the containers are: a failure that shows there is one, and one that does not show says nothing.
 */
export function simulatedSchedule(
  load: OrderIntakeLoad,
  faults: readonly FixedFault[],
  ordersMax = Number.POSITIVE_INFINITY,
): Trigger | undefined {
  const simulated = faults.map((fault) => {
    const counterpart = counterparts[fault.kind]?.(fault)
    return counterpart && { ...counterpart, atMs: fault.atMs, forMs: fault.forMs }
  })
  if (simulated.some((fault) => fault === undefined)) return undefined
  return {
    name: 'shrink',
    description: 'a recorded schedule',
    load: { profile: thinned(load, ordersMax) },
    faults: () => simulated.filter((fault) => fault !== undefined),
  }
}

/** The same shape over the same time, with fewer arrivals where there are more. */
function thinned(
  { profile, durationMs, arrivalsBetween }: OrderIntakeLoad,
  ordersMax: number,
): OrderIntakeLoad['profile'] {
  const factor = Math.min(1, ordersMax / arrivalsBetween(0, durationMs))
  const stages = profile.stages.map((stage) => ({
    ...stage,
    targetPerSecond: stage.targetPerSecond * factor,
  }))
  return { ...profile, startPerSecond: profile.startPerSecond * factor, stages }
}

function ofContainer(target: string, onReplica: string | undefined): Counterpart | undefined {
  if (target === 'broker') return { kind: 'broker-restart', target }
  if (target === 'store') return { kind: 'store-down', target }
  return onReplica === undefined ? undefined : { kind: onReplica, target }
}

/** Links of the client have no counterpart: the simulated client calls the replicas itself. */
function ofLink(target: string, kind: string, options?: Counterpart['options']): Counterpart | undefined {
  const [client = '', server = ''] = target.split('->')
  if (client === 'client') return undefined
  return { kind, target: `${client}→${server}`, ...(options === undefined ? {} : { options }) }
}
