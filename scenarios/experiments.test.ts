import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { classCheckers } from '../chaos/checkers/list.ts'
import { faultKinds } from '../chaos/faults/list.ts'
import { commitOf } from '../ci/play/commit.ts'
import { honestSource, orderIntakeSystem, replicas } from '../ci/play/order-intake-system.ts'
import { type PlayedRun, playRun } from '../ci/play/play-run.ts'
import { planRun, refuseUnsupported } from '../ci/play/run-plan.ts'
import { freshSeed } from '../ci/play/seed.ts'
import { prepare } from '../ci/setup/bring-up.ts'
import { describeTargets } from '../system-under-test/topology/order-intake.ts'
import { spikeExperiment } from './experiments/spike.ts'

const root = resolve(import.meta.dirname, '..')
const interrupted = new AbortController()

/** The spike, played once on real parts by the function that the command line uses; then one test a promise. */
describe('spike', () => {
  // Three fifths of the rate of `npm run spike`: these promises are about the service, not about how fast a machine is.
  const experiment = spikeExperiment({ basePerSecond: 100, peakPerSecond: 300, holdMs: 20_000 })
  const seed = process.env.SEAWALL_SEED ?? freshSeed()
  let played: PlayedRun
  let watched: Promise<string> | undefined

  beforeAll(async () => {
    const plan = planRun({
      experiment,
      seed,
      faults: true,
      targets: describeTargets(replicas),
      kinds: faultKinds,
    })
    const { images } = await prepare({ out: console.log })
    await refuseUnsupported(plan, faultKinds)
    played = await playRun({
      plan,
      system: orderIntakeSystem(honestSource, experiment.load, images, process.env),
      commit: await commitOf(root),
      replay: `npm run spike -- --seed ${seed}`,
      reportsRoot: resolve(root, 'reports'),
      signal: interrupted.signal,
      livePage: true,
      progress(text) {
        console.log(text)
        const url = /^live: (\S+)$/.exec(text)?.[1]
        if (url !== undefined) watched = fetch(new URL('/events', url)).then((answer) => answer.text())
      },
    })
    console.log(`${played.record.sentence} Record: ${played.folder}`)
  }, 600_000)

  afterAll(() => interrupted.abort())

  it.each(classCheckers.map(({ promise, name }) => [promise, name]))('%s', (_promise, name) => {
    const result = played.record.promises.find((each) => each.name === name)
    expect(result).toMatchObject({ verdict: 'pass', reasons: [] })
    expect(result?.examined).toBeGreaterThan(0)
  })

  it('was loaded, disturbed and read back closely enough to judge', () => {
    expect(played.record.promises.find((each) => each.name === 'enough-evidence')).toMatchObject({
      verdict: 'pass',
      reasons: [],
    })
  })

  it('proves from outside that every fault was felt, and heals it', () => {
    expect(played.record.faults.length).toBeGreaterThan(0)
    for (const fault of played.record.faults) {
      expect(fault).toMatchObject({ felt: true })
      expect(fault.evidence).not.toBe('')
      expect(fault.healedMs).toBeGreaterThan(0)
    }
  })

  it('ends no part of itself that nobody asked to end, of the six that were watched', () => {
    expect(played.record.promises.find((each) => each.name === 'nothing-ended-by-itself')).toMatchObject({
      verdict: 'pass',
      examined: 6,
    })
  })

  it('answers again with an empty backlog after the heal', () => {
    expect(played.record.promises.find((each) => each.name === 'converges-after-heal')).toMatchObject({
      verdict: 'pass',
    })
  })

  it.each(experiment.objectives.map(({ promise, name }) => [promise, name]))('%s', (_promise, name) => {
    const result = played.record.objectives.find((each) => each.name === name)
    // What was measured is told beside the verdict, so that a red one says by how much.
    expect([result?.verdict, result?.value, result?.reasons]).toEqual([
      'pass',
      expect.any(Number),
      expect.any(Array),
    ])
  })

  it('can be looked at from its begin to its verdict', async () => {
    const events = await watched
    expect(events).toContain('"phase":"assault"')
    expect(events).toMatch(new RegExp(`\\nevent: end\\ndata: {"verdict":"${played.record.verdict}"`))
  })

  it('leaves nothing behind, and says so with exit code 0', () => {
    expect(played.record.problems).toEqual([])
    expect(played.record.residue).toEqual([])
    expect(played.exitCode).toBe(0)
  })
})
