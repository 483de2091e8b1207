import { buildDebian, buildStep } from './image-build.ts'
import { cannotPull, tryPull } from './image-pull.ts'
import {
  type BaseName,
  type ImageName,
  type ImageRecipe,
  imageRecipes,
  type LayeredRecipe,
} from './image-recipes.ts'
import type { ImageSettings } from './image-settings.ts'
import { imageTag, packagesTag } from './image-tag.ts'
import type { ImageWorld } from './image-world.ts'
import { withMachineLock } from './machine-lock.ts'
import type { Task } from './progress.ts'

type AnyName = ImageName | BaseName

/** Makes one image under its tag, unless another process makes it first. */
export async function makeImage(name: AnyName, settings: ImageSettings, world: ImageWorld): Promise<void> {
  const tag = imageTag(name)
  let waiting: Task | undefined
  const wait = () => {
    waiting = world.progress.task(`image ${name}: waiting for another set-up that is making it`)
  }
  const work = async () => {
    waiting?.done('over')
    if (!(await world.store.has(tag))) await makeUnderLock(name, tag, settings, world)
  }
  await withMachineLock(`${world.engineId} ${tag}`, wait, work, world.signal).finally(() => waiting?.failed())
}

async function makeUnderLock(
  name: AnyName,
  tag: string,
  settings: ImageSettings,
  world: ImageWorld,
): Promise<void> {
  const recipe: ImageRecipe = imageRecipes[name]
  const pulled = await tryPull(name, recipe.upstream, settings, world)
  if (pulled === undefined && settings.source === 'pull') throw cannotPull(name, recipe.upstream)
  if (recipe.kind === 'debian') {
    if (pulled === undefined) await buildDebian(name, recipe, tag, world)
    else await world.store.tag(pulled, tag)
    return
  }
  const image = name as ImageName
  const source = pulled ?? (await buildPackages(image, recipe, settings, world))
  if (recipe.settings === undefined) await world.store.tag(source, tag)
  else await buildStep({ image, half: 'settings', tag, args: { SOURCE: source }, ...recipe.settings }, world)
}

/** Builds what upstream's image would have been, and gives its name. */
async function buildPackages(
  image: ImageName,
  recipe: LayeredRecipe,
  settings: ImageSettings,
  world: ImageWorld,
): Promise<string> {
  const tag = recipe.settings === undefined ? imageTag(image) : packagesTag(image)
  if (await world.store.has(tag)) return tag
  const { base } = recipe.packages
  // Whoever names a base of their own wants everything built on it.
  const override = base === 'base' ? settings.overrides.get('base') : undefined
  if (override === undefined) await makeImage(base, settings, world)
  const args = { BASE: override ?? imageTag(base) }
  await buildStep({ image, half: 'packages', tag, args, network: true, ...recipe.packages }, world)
  return tag
}
