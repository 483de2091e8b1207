import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Docker from 'dockerode'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { faultMaker } from '../play/play-run.ts'
import { prepare } from '../setup/bring-up.ts'
import { containerTriggerNamed } from './container-triggers/list.ts'
import { type ContainersSession, openSession } from './containers-session.ts'
import { containerMutants, type TrialOptions, tryHonest, tryOnContainers } from './on-containers.ts'

let reportsRoot: string
let session: ContainersSession
const mutants = await containerMutants()
const docker = new Docker()

beforeAll(async () => {
  const { images } = await prepare({ out: console.log })
  reportsRoot = await mkdtemp(join(tmpdir(), 'seawall-mutants-'))
  session = await openSession({ images, reportsRoot, disks: [], progress: console.log })
}, 1_200_000)

afterAll(async () => {
  await session?.[Symbol.asyncDispose]()
  // The reaper of the session may still be writing its last line.
  await rm(reportsRoot, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
})

const options = (): TrialOptions => ({
  session,
  seed: '1',
  signal: new AbortController().signal,
  progress: console.log,
})
const containersOf = (label: string) => docker.listContainers({ all: true, filters: { label: [label] } })

describe('mutants on real parts', () => {
  it.each(['M01', 'M16', 'M28', 'M32', 'M36'])('%s is caught for what it is', async (id) => {
    const mutant = mutants.find((each) => each.id === id)
    if (mutant === undefined) throw new Error(`${id} does not show on containers`)
    const trial = await tryOnContainers(mutant, options())
    expect(trial.reported).toContain(trial.caughtAs)
    expect(trial.verdict).toBe('fail')
  })

  it('H06: injectors that do nothing are noticed, for every fault, and make the run unknown', async () => {
    const trigger = containerTriggerNamed('workers-killed-while-writes-vanish')
    const { played, verdict } = await tryHonest(trigger, {
      ...options(),
      faultMaker: (seed, runId) => (scheduled, target) => ({
        ...faultMaker(seed, runId)(scheduled, target),
        inject: async () => {},
      }),
    })
    expect(verdict).toBe('unknown')
    const { faults, sentence } = played.record
    expect(faults.map(({ felt }) => felt)).toEqual(faults.map(() => false))
    expect(sentence).toMatch(/not felt/)
  })

  it('share broker, store and links, leave nothing of their own there, and take those with them in the end', async () => {
    const owned = `seawall.run=${session.owner.runId}`
    const names = (await containersOf(owned)).map(({ Labels }) => Labels['seawall.name'])
    expect(names.sort()).toEqual(['broker', 'links', 'store'])
    expect(await containersOf('seawall.part')).toEqual([])
    await session[Symbol.asyncDispose]()
    expect(await containersOf(owned)).toEqual([])
  })
})
