import { describe, expect, it } from 'vitest'
import { experiments } from '../scenarios/experiments/list.ts'

/** Experiments that say nothing of alerts, and why. */
const notStated: Readonly<Record<string, string>> = {
  'find-the-knee': 'asks for more until the system gives way: what fires then is how far it was pushed',
}

describe('what experiments say of alerts', () => {
  it('is said of each, or why not', () => {
    const silent = experiments.filter(({ alerts }) => alerts === undefined).map(({ name }) => name)
    expect(silent.toSorted()).toEqual(Object.keys(notStated).toSorted())
  })

  const stated = experiments.flatMap(({ name, load, alerts }) =>
    alerts === undefined ? [] : [{ name, load, alerts }],
  )
  it.each(stated)('can be judged, and leaves little open: $name', ({ load, alerts }) => {
    const { rules, mustFire, mayFire } = alerts
    const known = [...mustFire, ...mayFire].map(({ alert }) => alert)
    expect(new Set(known).size).toBe(known.length)
    // What may fire is judged neither way: it must stay the smaller part of all rules.
    expect(mayFire.length).toBeLessThanOrEqual(4)
    expect(mayFire.filter(({ because }) => because.length < 20)).toEqual([])
    expect(known.length).toBeLessThan(rules.length)
    for (const { withinMs } of mustFire) expect(withinMs).toBeLessThan(load.durationMs)
  })
})
