import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import type { Link } from './link.ts'
import type { Replica, World } from './world.ts'

/** A fault of a simulated run, with everything decided. Times count from the start of the load. */
export interface SimulatedFault {
  readonly kind: string
  /** A replica, a link, `broker` or `store`; `*` stands for anything. */
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
const kinds: Readonly<Record<string, Inject>> = {
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
    const heal = () => {
      replica.skewMs = 0
    }
    return { evidence: `its clock is ${replica.skewMs} ms off`, heal }
  }),
  latency: onLinks((link, { options }) => {
    link.delayMs += options?.delayMs ?? 200
    link.jitterMs += options?.jitterMs ?? 0
    return () => {
      link.delayMs -= options?.delayMs ?? 200
      link.jitterMs -= options?.jitterMs ?? 0
    }
  }),
  'connection-cut': onLinks((link) => {
    link.isCut = true
    link.reset()
    return () => {
      link.isCut = false
    }
  }),
  'connection-reset': onLinks((link) => {
    link.reset()
    return () => undefined
  }),
  // A kilobyte a second is a byte a millisecond.
  bandwidth: onLinks((link, { options }) => {
    link.bytesPerMs = options?.kilobytesPerS ?? 64
    return () => {
      link.bytesPerMs = Number.POSITIVE_INFINITY
    }
  }),
  // What was sent into the hole arrives when it closes.
  blackhole: onLinks((link, { forMs }) => {
    link.stall(forMs)
    return () => undefined
  }),
  // What was sent into the hole is gone for good.
  'blackhole-then-reset': onLinks((link, { forMs }) => {
    link.stall(forMs + 1)
    return () => link.reset()
  }),
  'answers-lost': onLinks((link, { options }) => {
    link.lostAnswers = options?.share ?? 0.5
    return () => {
      link.lostAnswers = 0
    }
  }),
  'broker-restart': (world) => {
    world.broker.stop()
    return { felt: () => 'its connections are gone', heal: () => world.broker.start() }
  },
  'binding-removed': ({ broker }) => {
    broker.unbind('orders')
    return { felt: () => 'no queue was bound', heal: () => broker.bind('orders') }
  },
  'dead-letters-unbound': ({ broker }) => {
    broker.unbind('dead letters')
    return { felt: () => 'no queue was bound', heal: () => broker.bind('dead letters') }
  },
  // Confirms come one after the other, five milliseconds apart unless said otherwise.
  'broker-thin': onSerial(({ broker }) => broker.work),
  'store-thin': onSerial(({ store }) => store.work),
  'store-slow': onStore('serviceMs', 80),
  'store-write-timeouts': onStore('timeoutShare', 0.3),
  'store-refuses': onStore('refuseShare', 0.3),
  'store-down': onStore('refuseShare', 1),
}

export function injectSimulated(world: World, fault: SimulatedFault): Injected {
  const inject = Object.hasOwn(kinds, fault.kind) ? kinds[fault.kind] : undefined
  if (inject !== undefined) return inject(world, fault)
  const near = nearestNames(fault.kind, Object.keys(kinds))
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `no simulated fault is called "${fault.kind}"`,
    `known are ${(near.length > 0 ? near : Object.keys(kinds)).join(', ')}`,
  )
}

function named<T>(all: ReadonlyMap<string, T>, target: string): T[] {
  const [before = '', after] = target.split('*')
  const isMeant = (name: string) =>
    after === undefined ? name === target : name.startsWith(before) && name.endsWith(after)
  const found = [...all].filter(([name]) => isMeant(name)).map(([, one]) => one)
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
    const heal = () => {
      for (const one of done) one.heal()
    }
    return { felt: () => done[0]?.evidence, heal }
  }
}

function onLinks(inject: (link: Link, fault: SimulatedFault) => () => void): Inject {
  return (world, fault) => {
    const links = named(world.links, fault.target)
    const touched = () => links.reduce((sum, link) => sum + link.touched, 0)
    const before = touched()
    const heals = links.map((link) => inject(link, fault))
    const heal = () => {
      for (const one of heals) one()
    }
    return {
      felt: () => (touched() > before ? `${touched() - before} crossings were touched` : undefined),
      heal,
    }
  }
}

function onSerial(workOf: (world: World) => World['store']['work']): Inject {
  return (world, { options }) => {
    const work = workOf(world)
    const { waited: before, gapMs } = work
    work.gapMs = options?.gapMs ?? 5
    return {
      felt: () =>
        work.waited > before ? `${work.waited - before} operations waited for their turn` : undefined,
      heal() {
        work.gapMs = gapMs
      },
    }
  }
}

function onStore(what: 'serviceMs' | 'timeoutShare' | 'refuseShare', standard: number): Inject {
  return ({ store }, { options }) => {
    const touched = store.touched
    const before = store[what]
    store[what] = options?.[what] ?? standard
    const heal = () => {
      store[what] = before
    }
    return {
      felt: () =>
        store.touched > touched ? `${store.touched - touched} operations were touched` : undefined,
      heal,
    }
  }
}
