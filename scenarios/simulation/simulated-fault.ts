import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import { endStalls, heartbeatTimeoutMs, type Link, resetAll } from './network.ts'
import type { Replica, World } from './world.ts'

/** A fault of a simulated run, with everything decided. Times count from the start of the load. */
export interface SimulatedFault {
  readonly kind: string
  /** A replica, a link, `broker` or `store`; a name that ends in `*` means all that begin so. */
  readonly target: string
  readonly atMs: number
  readonly forMs: number
  readonly options?: Readonly<Record<string, number>>
}

/** `felt` tells what was touched since the injection, undefined while nothing was. */
export interface Injected {
  felt(): string | undefined
  heal(): void
}

type Inject = (world: World, fault: SimulatedFault) => Injected

/** All kinds that a simulated run can play, by what the victim feels. */
export const simulatedFaults = {
  'process-kill': onReplicas((replica) => {
    replica.kill()
    return { evidence: 'it ended without a word', heal: () => replica.start() }
  }),
  'process-stop': onReplicas((replica, { options }) => {
    replica.stop(options?.graceMs ?? 10_000)
    return { evidence: 'it was asked to end', heal: () => replica.start() }
  }),
  'clock-skew': onReplicas((replica, { options }) => {
    replica.skewMs = options?.skewMs ?? 300_000
    return {
      evidence: `its clock is ${replica.skewMs} ms off`,
      heal() {
        replica.skewMs = 0
      },
    }
  }),
  latency: onLinks((link, { options }) => {
    link.state.delayMs += options?.delayMs ?? 200
    link.state.jitterMs += options?.jitterMs ?? 0
    return () => {
      link.state.delayMs -= options?.delayMs ?? 200
      link.state.jitterMs -= options?.jitterMs ?? 0
    }
  }),
  'connection-cut': onLinks((link) => {
    link.state.isCut = true
    resetAll(link)
    return () => {
      link.state.isCut = false
    }
  }),
  'connection-reset': onLinks((link) => {
    resetAll(link)
    return () => undefined
  }),
  // A stall that outlasts the heartbeat ends in a reset, as AMQP has it; a shorter one lets everything through late.
  blackhole: onLinks((link) => {
    link.state.stalledTo = { server: true, client: true }
    return () => endStall(link)
  }),
  'blackhole-then-reset': onLinks((link) => {
    link.state.stalledTo = { server: true, client: true }
    return () => {
      resetAll(link)
      endStall(link)
    }
  }),
  'answers-lost': onLinks((link) => {
    link.state.stalledTo = { server: false, client: true }
    return () => {
      resetAll(link)
      endStall(link)
    }
  }),
  'broker-restart': onBroker((broker) => {
    broker.crash()
    return { felt: () => 'its connections are gone', heal: () => broker.restart() }
  }),
  'binding-removed': onBroker((broker) => {
    const before = broker.unroutable()
    broker.unbind()
    return {
      felt: () =>
        broker.unroutable() > before ? `${broker.unroutable() - before} publishes found no queue` : undefined,
      heal: () => broker.bind(),
    }
  }),
  'store-slow': onStore((store, options) => {
    const before = store.serviceMs
    store.serviceMs = options.serviceMs ?? 80
    return () => {
      store.serviceMs = before
    }
  }),
  'store-write-timeouts': onStore((store, options) => {
    store.timeoutShare = options.share ?? 0.3
    return () => {
      store.timeoutShare = 0
    }
  }),
  'store-refuses': onStore((store, options) => {
    store.refuseShare = options.share ?? 0.3
    return () => {
      store.refuseShare = 0
    }
  }),
  'store-down': onStore((store) => {
    store.isUp = false
    return () => {
      store.isUp = true
    }
  }),
} as const satisfies Record<string, Inject>

export function injectSimulated(world: World, fault: SimulatedFault): Injected {
  const known: Record<string, Inject> = simulatedFaults
  const inject = Object.hasOwn(known, fault.kind) ? known[fault.kind] : undefined
  if (inject !== undefined) return inject(world, fault)
  const near = nearestNames(fault.kind, Object.keys(known))
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `no simulated fault is called "${fault.kind}"`,
    `known are ${(near.length > 0 ? near : Object.keys(known)).join(', ')}`,
  )
}

function endStall(link: Link): void {
  endStalls(link)
}

function named<T>(all: ReadonlyMap<string, T>, target: string): T[] {
  const found = target.endsWith('*')
    ? [...all].filter(([name]) => name.startsWith(target.slice(0, -1))).map(([, one]) => one)
    : [all.get(target)].filter((one) => one !== undefined)
  if (found.length > 0) return found
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `no target of the simulation is called "${target}"`,
    `known are ${[...all.keys()].join(', ')}`,
  )
}

function onReplicas(
  inject: (replica: Replica, fault: SimulatedFault) => { evidence: string; heal(): void },
): Inject {
  return (world, fault) => {
    const done = named(world.replicas, fault.target).map((replica) => inject(replica, fault))
    return {
      felt: () => done[0]?.evidence,
      heal: () => done.forEach((one) => one.heal()),
    }
  }
}

function onLinks(inject: (link: Link, fault: SimulatedFault) => () => void): Inject {
  return (world, fault) => {
    const links = named(world.links, fault.target)
    const touched = () => links.reduce((sum, link) => sum + link.touched, 0)
    const before = touched()
    const heals = links.map((link) => inject(link, fault))
    return {
      felt: () => (touched() > before ? `${touched() - before} crossings were touched` : undefined),
      heal: () => heals.forEach((heal) => heal()),
    }
  }
}

function onBroker(inject: (broker: World['broker']) => Injected): Inject {
  return (world) => inject(world.broker)
}

function onStore(
  inject: (store: World['store'], options: Readonly<Record<string, number>>) => () => void,
): Inject {
  return (world, { options = {} }) => {
    const before = world.store.touched
    const heal = inject(world.store, options)
    return {
      felt: () =>
        world.store.touched > before ? `${world.store.touched - before} operations were touched` : undefined,
      heal,
    }
  }
}
