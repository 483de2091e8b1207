import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultKinds } from '../../chaos/faults/list.ts'
import { describeTargets } from '../../system-under-test/topology/order-intake.ts'
import { honestSource, orderIntakeSystem, replicas } from '../play/order-intake-system.ts'
import { faultMaker, playRun } from '../play/play-run.ts'
import { planRun } from '../play/run-plan.ts'
import { prepare } from '../setup/bring-up.ts'
import type { ImageRefs } from '../setup/images.ts'
import { smallSpike, tryOnContainers } from './on-containers.ts'

let images: ImageRefs
let reportsRoot: string
const { signal } = new AbortController()

beforeAll(async () => {
  images = (await prepare({ out: console.log })).images
  reportsRoot = await mkdtemp(join(tmpdir(), 'seawall-mutants-'))
}, 1_200_000)

// The reaper of the last run may still be writing its last line.
afterAll(() => rm(reportsRoot, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 }))

describe('mutants on real parts', () => {
  it.each(['M01', 'M16', 'M28', 'M32', 'M36'])('%s is caught for what it is', async (id) => {
    const trial = await tryOnContainers(id, { images, seed: '1', reportsRoot, signal, progress: console.log })
    expect(trial.reported).toContain(trial.caughtAs)
    expect(trial.played.record.verdict).toBe('fail')
  })

  it('H06: injectors that do nothing are noticed, for every fault, and make the run unknown', async () => {
    const experiment = smallSpike()
    const plan = planRun({
      experiment,
      seed: '1',
      faults: true,
      targets: describeTargets(replicas),
      kinds: faultKinds,
    })
    const { record } = await playRun({
      plan,
      system: orderIntakeSystem(honestSource, experiment.load, images, process.env),
      commit: 'unknown',
      replay: 'none',
      reportsRoot,
      signal,
      progress: (text) => console.log(text),
      faultMaker: (seed, runId) => (scheduled, target) => ({
        ...faultMaker(seed, runId)(scheduled, target),
        inject: async () => {},
      }),
    })
    expect(record.verdict).toBe('unknown')
    expect(record.faults.map(({ felt }) => felt)).toEqual(plan.schedule.map(() => false))
  })
})
