import { readdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { faultKinds } from '../../chaos/faults/list.ts'
import { replicasFor } from '../../ci/play/order-intake-system.ts'
import { planRun } from '../../ci/play/run-plan.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import { experimentOf, experiments } from './list.ts'

describe('the catalogue of experiments', () => {
  it('has every file of its folder, and nothing twice', () => {
    const helpers = ['list.ts', 'autoscaled.ts', 'event.ts', 'released.ts']
    const files = readdirSync(import.meta.dirname)
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !helpers.includes(file))
      .map((file) => file.slice(0, -3))
    expect(experiments.map(({ name }) => name).toSorted()).toEqual(files.toSorted())
  })

  it.each(experiments.map(({ name }) => name))('%s can be planned with any seed', (name) => {
    const experiment = experimentOf(name)
    for (const seed of ['1', 'ab12', 'zz']) {
      const plan = planRun({
        experiment,
        seed,
        faults: true,
        targets: describeTargets(replicasFor(experiment.load)),
        kinds: faultKinds,
      })
      expect(plan.schedule.length > 0).toBe(experiment.faults.length > 0)
    }
  })

  it('names the near ones for a name that is none', () => {
    expect(() => experimentOf('worker-kiled')).toThrow('did you mean worker-killed')
  })

  it('takes at most 100 minutes to play whole', () => {
    const besideTheLoadMs = 45_000
    const totalMs = experiments.reduce((sum, { load }) => sum + load.durationMs + besideTheLoadMs, 0)
    expect(totalMs).toBeLessThanOrEqual(100 * 60_000)
  })
})
