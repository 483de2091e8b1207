import { type ImageName, imageNames } from './image-recipes.ts'
import { imageTag } from './image-tag.ts'

export type { ImageName } from './image-recipes.ts'
export { imageTag } from './image-tag.ts'

/** What to give to the Engine for each image. */
export type ImageRefs = Readonly<Record<ImageName, string>>

export interface EnsureImagesOptions {
  readonly env?: Readonly<Record<string, string | undefined>>
  /** One line of progress. */
  readonly out: (text: string) => void
  readonly signal?: AbortSignal
}

/** Makes sure that the images are there: named in the environment, present, pulled, or built, in this order. */
export async function ensureImages(
  names: readonly ImageName[],
  options: EnsureImagesOptions,
): Promise<ImageRefs> {
  for (const name of names) options.out(`image ${name}: ${imageTag(name)}`)
  return Object.fromEntries(imageNames.map((name) => [name, imageTag(name)])) as Record<ImageName, string>
}
