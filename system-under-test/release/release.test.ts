import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { silentLog } from '../telemetry/log.ts'
import { usualTerms } from './compare.ts'
import { type ReleaseEnd, type ReleaseParts, type Rollout, release, type Version } from './release.ts'

interface World {
  /** Those whose names begin alike do the same. */
  readonly slots?: readonly string[]
  /** How each replica of the new version errs, 0 to 1. */
  readonly newErrorShare?: number
  readonly perSecond?: number
  /** Places in which a version does not become ready. */
  readonly fails?: (slot: string, version: Version) => boolean
  readonly tells?: (slot: string, version: Version) => boolean
}

const roleOf = (slot: string) => slot.split('-')[0]?.replace(/^[abc]$/, 'api')

/** Replicas that each serve so many requests a second. */
function worldOf({
  slots = ['a', 'b', 'c'],
  newErrorShare = 0,
  perSecond = 100,
  fails = () => false,
  tells = () => true,
}: World) {
  const clock = new ManualClock()
  const running = new Map<string, { version: Version; sinceMs: number }>()
  const steps: string[] = []
  for (const slot of slots) running.set(slot, { version: 'old', sinceMs: 0 })
  const rollout: Rollout = {
    slots,
    peersOf: (slot) => slots.filter((other) => other !== slot && roleOf(other) === roleOf(slot)),
    async replace(slot, version) {
      steps.push(`${slot} ${version}`)
      running.delete(slot)
      await clock.sleep(2_000)
      if (fails(slot, version)) throw new Error(`${slot} does not become ready`)
      running.set(slot, { version, sinceMs: clock.nowMs() })
    },
    async counts(slot) {
      const replica = running.get(slot)
      if (replica === undefined || !tells(slot, replica.version)) return undefined
      const requests = ((clock.nowMs() - replica.sinceMs) / 1_000) * perSecond
      const errors = replica.version === 'new' ? requests * newErrorShare : 0
      return { requests, errors, within: [{ ms: 20, count: requests }] }
    },
  }
  const parts: ReleaseParts = {
    rollout,
    strategy: 'canary',
    terms: usualTerms,
    bakeMs: 10_000,
    bakeMsMax: 60_000,
    everyMs: 1_000,
    clock,
    log: silentLog,
  }
  return { clock, parts, steps, versionsNow: () => slots.map((slot) => running.get(slot)?.version) }
}

async function ended(world: ReturnType<typeof worldOf>, parts: Partial<ReleaseParts> = {}, afterMs = 90_000) {
  let end: ReleaseEnd | undefined
  const over = new AbortController()
  release({ ...world.parts, ...parts }, over.signal).then((said) => {
    end = said
  })
  await world.clock.advance(afterMs)
  over.abort(new Error('somebody changed their mind'))
  await world.clock.advance(30_000)
  return end
}

describe('a release', () => {
  it('bakes a canary, and then replaces the others one by one', async () => {
    const world = worldOf({})
    expect(await ended(world)).toEqual({ kind: 'released' })
    expect(world.steps).toEqual(['a new', 'b new', 'c new'])
    expect(world.versionsNow()).toEqual(['new', 'new', 'new'])
  })

  it('stops at a canary that is worse, and takes it back before anybody else is replaced', async () => {
    const world = worldOf({ newErrorShare: 0.3 })
    expect(await ended(world)).toMatchObject({ kind: 'rolled back', reason: /30.0 % of its answers/ })
    expect(world.steps).toEqual(['a new', 'a old'])
    expect(world.versionsNow()).toEqual(['old', 'old', 'old'])
  })

  it('stops at the first look that has seen enough, not at the end of the bake', async () => {
    const world = worldOf({ newErrorShare: 0.3 })
    await ended(world, { bakeMs: 80_000 }, 10_000)
    expect(world.steps).toEqual(['a new', 'a old'])
  })

  it('bakes the first of each role, and takes the roles before it back too', async () => {
    const slots = ['worker-1', 'worker-2', 'api-1', 'api-2']
    const world = worldOf({ slots, fails: (slot, version) => slot === 'api-1' && version === 'new' })
    await ended(world, {}, 30_000)
    expect(world.steps).toEqual([
      'worker-1 new',
      'worker-2 new',
      'api-1 new',
      'api-1 old',
      'worker-2 old',
      'worker-1 old',
    ])
  })

  it('takes back a canary that has nobody to be compared with', async () => {
    const world = worldOf({ slots: ['api-1', 'worker-1'] })
    expect(await ended(world)).toMatchObject({ kind: 'rolled back', reason: /api-1 has no peer/ })
  })

  it('takes back what it could not judge', async () => {
    const world = worldOf({ perSecond: 1 })
    expect(await ended(world)).toMatchObject({ kind: 'rolled back', reason: /too few requests/ })
  })

  it('takes back a canary that does not say what it does', async () => {
    const world = worldOf({ tells: (slot, version) => !(slot === 'a' && version === 'new') })
    expect(await ended(world)).toMatchObject({ kind: 'rolled back', reason: /does not say/ })
  })

  it('takes everything back, newest first, when a later one does not become ready', async () => {
    const world = worldOf({ fails: (slot, version) => slot === 'c' && version === 'new' })
    expect(await ended(world)).toMatchObject({ kind: 'rolled back', reason: 'c does not become ready' })
    expect(world.steps).toEqual(['a new', 'b new', 'c new', 'c old', 'b old', 'a old'])
    expect(world.versionsNow()).toEqual(['old', 'old', 'old'])
  })

  it('says where not even the old version could be started again, and takes the others back', async () => {
    const world = worldOf({ fails: (slot) => slot === 'b' })
    expect(await ended(world)).toMatchObject({ kind: 'stuck', slots: ['b'] })
    expect(world.versionsNow()).toEqual(['old', undefined, 'old'])
  })

  it('is taken back when somebody changes their mind', async () => {
    const world = worldOf({})
    expect(await ended(world, {}, 6_000)).toEqual({
      kind: 'rolled back',
      reason: 'somebody changed their mind',
    })
  })

  it('replaces one after the other at once where no canary is asked for', async () => {
    const world = worldOf({ newErrorShare: 0.3 })
    expect(await ended(world, { strategy: 'rolling' }, 6_500)).toEqual({ kind: 'released' })
  })
})
