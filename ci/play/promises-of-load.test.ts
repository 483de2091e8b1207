import { describe, expect, it } from 'vitest'
import { spikeExperiment } from '../../scenarios/experiments/spike.ts'
import { withPromisesOfLoad } from './promises-of-load.ts'

const names = (load: Parameters<typeof spikeExperiment>[0]) =>
  withPromisesOfLoad(spikeExperiment(load)).promises.map(({ name }) => name)

describe('the promises of a load', () => {
  it('are made where it sends enough that is wrong on purpose', () => {
    expect(names({})).toContain('no-invalid-orders')
  })

  it('are not made where a seed may draw none, and there would be no evidence', () => {
    expect(names({ basePerSecond: 10, peakPerSecond: 10 })).not.toContain('no-invalid-orders')
  })
})
