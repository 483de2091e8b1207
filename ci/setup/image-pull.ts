import { HarnessError } from '../../chaos/kernel/errors.ts'
import type { BaseName, ImageName } from './image-recipes.ts'
import { type ImageSettings, overrideNameOf, registryOf, withHubPrefix } from './image-settings.ts'
import type { ImageWorld } from './image-world.ts'

/** Fetches the image that the environment names instead of ours. */
export async function pullOverride(
  name: ImageName,
  settings: ImageSettings,
  world: ImageWorld,
): Promise<void> {
  const ref = settings.overrides.get(name) as string
  const task = world.progress.task(`image ${name}: pulling ${ref}, which ${overrideNameOf(name)} names`)
  try {
    await world.store.pull(ref, { note: task.note, signal: world.signal })
    task.done('pulled')
  } catch (error) {
    task.failed()
    throw new HarnessError(
      'HARNESS_IMAGE_FAILED',
      `image ${name}: ${overrideNameOf(name)} names ${ref}, which is not here and could not be pulled: ${textOf(error)}`,
      `correct ${overrideNameOf(name)}, or unset it to take Seawall's own image`,
      { cause: error },
    )
  }
}

/** The name that was pulled, or undefined if images are to be built or upstream's cannot be had here. */
export async function tryPull(
  name: ImageName | BaseName,
  upstream: string,
  settings: ImageSettings,
  world: ImageWorld,
): Promise<string | undefined> {
  if (settings.source === 'build') return undefined
  const ref = withHubPrefix(upstream, settings.hubPrefix)
  if (await world.store.has(ref)) return ref
  const away = await registryAway(ref, world)
  if (away !== undefined) return undefined
  const task = world.progress.task(`image ${name}: pulling ${ref}`)
  try {
    await world.store.pull(ref, { note: task.note, signal: world.signal })
    task.done('pulled')
    return ref
  } catch (error) {
    world.signal?.throwIfAborted()
    task.failed()
    world.progress.say(`image ${name}: ${ref} could not be pulled (${textOf(error)})`)
    return undefined
  }
}

const probes = new WeakMap<ImageWorld, Map<string, Promise<string | undefined>>>()

/** Asks each registry once, so that a machine without any loses one short question, not one for each image. */
function registryAway(ref: string, world: ImageWorld): Promise<string | undefined> {
  const asked = probes.get(world) ?? new Map<string, Promise<string | undefined>>()
  probes.set(world, asked)
  const registry = registryOf(ref) ?? 'the public hub'
  const known = asked.get(registry)
  if (known !== undefined) return known
  const answer = world.store.whyRegistryAway(ref).then((why) => {
    if (why !== undefined)
      world.progress.say(`images: ${registry} does not answer (${why}); building instead`)
    return why
  })
  asked.set(registry, answer)
  return answer
}

export function cannotPull(name: ImageName | BaseName, upstream: string): HarnessError {
  return new HarnessError(
    'HARNESS_IMAGE_FAILED',
    `image ${name}: ${upstream} could not be pulled, and SEAWALL_IMAGES_FROM=pull forbids building it`,
    'make an image registry reachable, or unset SEAWALL_IMAGES_FROM',
  )
}

function textOf(error: unknown): string {
  return error instanceof Error ? error.message.trim() : String(error)
}
