import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type ContainersFixture, containersFixture, untilAnswers } from './containers.fixture.ts'
import { keepsTheContract } from './contract.fixture.ts'
import { faultKindOf, faultKinds } from './list.ts'

interface Example {
  readonly on: 'echo' | 'clock' | 'disk' | 'link' | 'http'
  readonly options?: Readonly<Record<string, unknown>>
}

/** On what, and with which options, each kind shows that it keeps the contract. */
const examples: Readonly<Record<string, Example>> = {
  latency: { on: 'link', options: { latencyMs: 150, direction: 'both' } },
  jitter: { on: 'link', options: { jitterMs: 100 } },
  bandwidth: { on: 'link', options: { kilobytesPerS: 32 } },
  slicer: { on: 'link' },
  'connection-reset': { on: 'link' },
  'connection-cut': { on: 'link' },
  'connection-flap': { on: 'link' },
  blackhole: { on: 'link' },
  'limit-data': { on: 'link', options: { bytes: 1_000 } },
  'http-error': { on: 'http', options: { share: 0.5 } },
  'response-lost': { on: 'http', options: { share: 0.5 } },
  'one-way-blackhole': { on: 'echo', options: { direction: 'incoming' } },
  'packet-loss': { on: 'echo' },
  partition: { on: 'echo', options: { from: ['echo-2'] } },
  isolation: { on: 'echo' },
  'network-disconnect': { on: 'echo' },
  'dns-failure': { on: 'echo' },
  'container-kill': { on: 'echo' },
  'container-stop': { on: 'echo' },
  'container-pause': { on: 'echo' },
  'container-restart': { on: 'echo' },
  'rolling-restart': { on: 'echo', options: { restMs: 0 } },
  'cpu-limit': { on: 'echo' },
  'cpu-stress': { on: 'echo' },
  'memory-limit': { on: 'echo' },
  'memory-stress': { on: 'echo', options: { megabytes: 32 } },
  // On the one that is never restarted: a tmpfs comes back from a restart without its mode.
  'disk-full': { on: 'clock' },
  'disk-slow': { on: 'disk' },
  'power-lost': { on: 'disk' },
  'clock-skew': { on: 'clock' },
  'netem-latency': { on: 'echo' },
  'netem-reordering': { on: 'echo' },
  'store-slow': { on: 'echo' },
}

/** Kinds that a kernel may lack, and the words with which they are refused where it does; all others must be played. */
const refusals: Readonly<Record<string, RegExp>> = {
  'netem-latency': /`tc qdisc add dev lo root netem delay 1ms` fails in a network namespace of its own: ./,
  'netem-reordering': /`tc qdisc add dev lo root netem delay 1ms` fails in a network namespace of its own: ./,
}

/** Kinds that need a real broker or store, or nothing at all; their own tests hold them to the contract. */
const elsewhere = [
  'broker-alarm',
  'queue-deleted',
  'binding-removed',
  'dead-letters-unbound',
  'policy-changed',
  'deliveries-doubled',
  'store-refuses-clients',
  'noop',
]

describe('every kind of fault, on real containers', () => {
  let world: ContainersFixture

  beforeAll(async () => {
    world = await containersFixture()
  })

  afterAll(async () => {
    await world?.[Symbol.asyncDispose]()
  })

  it('is tried here, or in a test of its own', () => {
    const tried = new Set([...Object.keys(examples), ...elsewhere])
    expect(faultKinds.map(({ kind }) => kind).filter((kind) => !tried.has(kind))).toEqual([])
  })

  for (const [kind, { on, options }] of Object.entries(examples)) {
    it(`${kind} is felt, gone after the heal, and not felt when it was left out`, async () => {
      const obstacle = await faultKindOf(kind).unsupportedHere()
      if (obstacle !== undefined) {
        // There is nothing to be felt here: that it is refused, and for this reason only, is what must be true.
        expect(obstacle, kind).toMatch(refusals[kind] ?? /^there is no reason to refuse it$/)
        return
      }
      const target = world[on]
      const settled = async () => {
        if (target.kind === 'container') await untilAnswers(target)
      }
      const { evidence } = await keepsTheContract({ kind, target, options, runId: world.runId, settled })
      expect(evidence).not.toBe('')
    })
  }
})
