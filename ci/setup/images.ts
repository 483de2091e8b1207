import { mkdir } from 'node:fs/promises'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { makeImage } from './image-making.ts'
import { pullOverride } from './image-pull.ts'
import { type ImageName, imageNames, imageRecipes } from './image-recipes.ts'
import { type ImageSettings, readImageSettings } from './image-settings.ts'
import { imageTag } from './image-tag.ts'
import type { ImageWorld } from './image-world.ts'

export type { ImageName } from './image-recipes.ts'

/** What to give to the Engine for each image. */
export type ImageRefs = Readonly<Record<ImageName, string>>

/**
 * Makes sure that images are there: named in the environment, present, pulled, or built, in this order.
 *
 * Missing ones are made two at a time, each by one process of this machine only; others wait for it.
 * All that fail are named in one HARNESS_IMAGE_FAILED, with the log of each. The answer has a name for every image,
 * also for those that were not asked for and may not be there.
 */
export async function ensureImages(names: readonly ImageName[], world: ImageWorld): Promise<ImageRefs> {
  const settings = readImageSettings(world.env)
  const missing = await findMissing(names, settings, world)
  if (missing.length > 0) {
    await mkdir(world.folder, { recursive: true })
    await refuseFullDisk(world)
    await makeAll(missing, settings, world)
  }
  const ref = (name: ImageName) => settings.overrides.get(name) ?? imageTag(name)
  return Object.fromEntries(imageNames.map((name) => [name, ref(name)])) as Record<ImageName, string>
}

async function findMissing(
  names: readonly ImageName[],
  settings: ImageSettings,
  world: ImageWorld,
): Promise<readonly ImageName[]> {
  const inOrder = Object.keys(imageRecipes).filter((name): name is ImageName =>
    (names as readonly string[]).includes(name),
  )
  const there = await Promise.all(
    inOrder.map((name) => world.store.has(settings.overrides.get(name) ?? imageTag(name))),
  )
  return inOrder.filter((_, index) => !there[index])
}

/** Two at a time: one compiles while the other waits for a registry. More would only fight for two cores. */
const atOnceMax = 2

async function makeAll(
  names: readonly ImageName[],
  settings: ImageSettings,
  world: ImageWorld,
): Promise<void> {
  const waiting = [...names]
  const failures: unknown[] = []
  const work = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      try {
        if (settings.overrides.has(name)) await pullOverride(name, settings, world)
        else await makeImage(name, settings, world)
      } catch (error) {
        failures.push(error)
      }
      world.signal?.throwIfAborted()
    }
  }
  await Promise.all(Array.from({ length: atOnceMax }, work))
  if (failures.length > 0) throw together(failures)
}

function together(failures: readonly unknown[]): unknown {
  const [first] = failures
  if (failures.length === 1) return first
  const text = (error: unknown) => (error instanceof HarnessError ? error.message : String(error))
  const list = failures.map((error) => `  - ${text(error).replaceAll('\n', '\n    ')}`).join('\n')
  const hint = first instanceof HarnessError ? first.hint : 'run `npm run doctor`'
  return new HarnessError('HARNESS_IMAGE_FAILED', `${failures.length} images failed:\n${list}`, hint, {
    cause: first,
  })
}

/** What the builds of all images took together, with the Engine's cache of their stages, was 4.7 GB; a quarter more. */
const freeBytesMin = 6 * 1024 ** 3

async function refuseFullDisk(world: ImageWorld): Promise<void> {
  const free = await world.freeBytes()
  if (free === undefined || free >= freeBytesMin) return
  const gib = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`
  throw new HarnessError(
    'HARNESS_DISK_FULL',
    `making images needs ${gib(freeBytesMin)} on the Engine's disk; there are ${gib(free)}`,
    'free some space (`docker system df` says what the Engine keeps), then run the same command again',
  )
}
