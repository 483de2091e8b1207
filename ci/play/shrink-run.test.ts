import { describe, expect, it } from 'vitest'
import type { FixedFault } from '../../chaos/schedule/schedule-text.ts'
import { spikeExperiment } from '../../scenarios/experiments/spike.ts'
import { regressionFile } from './regression-file.ts'
import { type Fails, type ShrinkOptions, shrinkRun } from './shrink-run.ts'
import { simulatedSchedule } from './simulated-schedule.ts'

const fault = (kind: string, target: string, atMs: number): FixedFault => ({
  kind,
  target,
  atMs,
  forMs: 1_000,
  options: {},
})
const ten = Array.from({ length: 10 }, (_, at) =>
  fault('container-kill', at === 3 ? 'worker-1' : 'api-1', at * 2_000),
)
const needsTheFourth: Fails = async (faults) => faults.includes(ten[3] as FixedFault)
const shrink = (change: Partial<ShrinkOptions>) =>
  shrinkRun({
    faults: ten,
    failsOnce: needsTheFourth,
    failsSimulated: needsTheFourth,
    tries: 2,
    runsMax: 15,
    tell: () => undefined,
    ...change,
  })

describe('shrinking a run', () => {
  it('asks the simulation first, and the containers only whether it is right', async () => {
    expect(await shrink({})).toMatchObject({ faults: [ten[3]], seen: 'on containers', runs: 1 })
  })

  it('goes on with containers where the simulation shows nothing, or cannot', async () => {
    for (const failsSimulated of [undefined, async () => false]) {
      const report = await shrink({ failsSimulated, runsMax: 100 })
      expect(report).toMatchObject({ faults: [ten[3]], seen: 'on containers' })
      expect(report?.sureness).toContain('would have been missed with 25 %')
    }
  })

  it('begins no run after the last, and says that there may be less', async () => {
    const report = await shrink({ failsSimulated: undefined, runsMax: 4 })
    expect(report?.runs).toBe(4)
    expect(report?.sureness).toContain('fewer faults may do')
  })

  it('says so where the containers never fail', async () => {
    expect(await shrink({ failsOnce: async () => false })).toMatchObject({ seen: 'in the simulation only' })
    expect(await shrink({ failsOnce: async () => false, failsSimulated: undefined })).toBeUndefined()
  })
})

describe('the simulated schedule', () => {
  const { load } = spikeExperiment()

  it('has the same times under the same load', () => {
    const trigger = simulatedSchedule(load, [
      fault('connection-cut', 'worker-1->store', 5_000),
      fault('container-kill', 'broker', 9_000),
    ])
    expect(trigger?.load?.profile?.stages.map(({ durationMs }) => durationMs)).toEqual(
      load.profile.stages.map(({ durationMs }) => durationMs),
    )
    expect(trigger?.faults(undefined as never)).toEqual([
      { kind: 'connection-cut', target: 'worker-1→store', atMs: 5_000, forMs: 1_000 },
      { kind: 'broker-restart', target: 'broker', atMs: 9_000, forMs: 1_000 },
    ])
  })

  it('has ways that are as thin', () => {
    const thin = fault('bandwidth', 'api-1->broker', 5_000)
    const trigger = simulatedSchedule(load, [thin, { ...thin, options: { kilobytesPerS: 24 } }])
    expect(trigger?.faults(undefined as never)).toMatchObject([
      { kind: 'bandwidth', target: 'api-1→broker', options: { kilobytesPerS: 8 } },
      { kind: 'bandwidth', options: { kilobytesPerS: 24 } },
    ])
  })

  it('is none where a fault has no counterpart', () => {
    for (const odd of [fault('disk-full', 'broker', 1), fault('latency', 'client->api-1', 1)]) {
      expect(simulatedSchedule(load, [odd])).toBeUndefined()
    }
  })
})

describe('the file of a regression', () => {
  it('is an experiment of its own', () => {
    const found = { runId: 'run-1', seed: '8F3a', sentence: '2 acknowledged orders are lost.' }
    const choices = { experiment: 'spike', load: { peakPerSecond: 700 } }
    const file = regressionFile(choices, [ten[3] as FixedFault], found)
    expect(file).toContain(
      'export const spikeRegression8f3a = defineExperiment({\n  ...spikeExperiment({"peakPerSecond":700}),',
    )
    expect(file).toContain('"target": {\n        "name": "worker-1"\n      }')
    expect(file).toContain('/** Found in run run-1: 2 acknowledged orders are lost. */')
  })

  it('stands on the experiment that failed', () => {
    const found = { runId: 'run-1', seed: 'a', sentence: 'x' }
    const file = regressionFile({ experiment: 'store-killed', load: {} }, [], found)
    expect(file).toContain("import { storeKilled } from './store-killed.ts'")
    expect(file).toContain('  ...storeKilled,\n')
  })
})
