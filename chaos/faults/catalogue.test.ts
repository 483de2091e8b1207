import { describe, expect, it } from 'vitest'
import { faultKinds } from './list.ts'

/**
 * What can happen to the parts of a system, and the kinds that make it happen here; or, as a sentence, why none does.
 * A row that is neither does not exist: nothing of the catalogue is silently absent.
 */
const catalogue: Readonly<Record<string, readonly string[] | string>> = {
  'a slow link': ['latency', 'netem-latency'],
  'an unsteady link': ['jitter'],
  'a thin link': ['bandwidth'],
  'a link that delivers in small pieces': ['slicer'],
  'a link that is reset': ['connection-reset'],
  'a link that is cut': ['connection-cut', 'connection-flap'],
  'a link that is silent': ['blackhole'],
  'a link that is silent in one direction': ['one-way-blackhole'],
  'a link that ends after so many bytes': ['limit-data'],
  'lost packets': ['packet-loss'],
  'packets out of order': ['netem-reordering'],
  'a partition between groups': ['partition'],
  'one container cut off from all others': ['isolation'],
  'a process that is killed': ['container-kill'],
  'a process that is stopped in order': ['container-stop'],
  'a process that is frozen': ['container-pause'],
  'a process that is restarted': ['container-restart', 'rolling-restart'],
  'a container without its network': ['network-disconnect'],
  'too little CPU': ['cpu-limit', 'cpu-stress'],
  'too little memory': ['memory-limit', 'memory-stress'],
  'a full disk': ['disk-full'],
  'a slow disk': ['disk-slow'],
  'a power failure': ['power-lost'],
  'a broker that blocks publishers': ['broker-alarm'],
  'a queue that is deleted': ['queue-deleted'],
  'a binding that is gone': ['binding-removed', 'dead-letters-unbound'],
  'a policy that is changed': ['policy-changed'],
  'deliveries that come twice': ['deliveries-doubled'],
  'a leader that moves':
    'a broker of one node leads every queue; the kind belongs to a topology with three of them, which this one is not',
  'a store that is down': ['container-kill', 'store-refuses-clients'],
  'a store that is slow': ['store-slow'],
  'a wrong clock': ['clock-skew'],
  'names that are not found': ['dns-failure'],
  'HTTP errors': ['http-error', 'response-lost'],
  'the death of the harness itself':
    'it cannot be asked of the nemesis, which dies with it: the soak of kills plays it on whole runs, from outside',
  nothing: ['noop'],
}

const known = faultKinds.map(({ kind }) => kind)

describe('the catalogue of faults', () => {
  it.each(Object.entries(catalogue))('%s: is a kind here, or has a reason not to be', (_event, answer) => {
    if (typeof answer === 'string') expect(answer.length).toBeGreaterThan(40)
    else expect(answer.filter((kind) => !known.includes(kind))).toEqual([])
  })

  it('has a row for every kind', () => {
    const named = new Set(
      Object.values(catalogue).flatMap((answer) => (typeof answer === 'string' ? [] : answer)),
    )
    expect(known.filter((kind) => !named.has(kind))).toEqual([])
  })

  it('is at least thirty kinds', () => {
    expect(known.length).toBeGreaterThanOrEqual(30)
  })
})
