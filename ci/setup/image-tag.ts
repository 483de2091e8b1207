import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  type BaseName,
  type DockerfileStep,
  type ImageName,
  type ImageRecipe,
  imageRecipes,
} from './image-recipes.ts'

/** Where the Dockerfiles lie, one folder an image. */
export const imagesFolder = join(import.meta.dirname, '../../system-under-test/topology/images')

/** Reads one file of an image's folder. */
export type ReadInput = (name: string, file: string) => string

const readFromRepository: ReadInput = (name, file) => readFileSync(join(imagesFolder, name, file), 'utf8')

/**
 * The local name of an image: `seawall/<name>:<12 hex digits>` of the SHA-256 of everything that it is made of.
 * Equal inputs give equal tags on every machine of one architecture; any changed byte gives another.
 */
export function imageTag(name: ImageName | BaseName, read: ReadInput = readFromRepository): string {
  return `seawall/${name}:${imageHash(name, read)}`
}

/** The name of the half-made image that `packages.Dockerfile` gives, before our settings. */
export function packagesTag(name: ImageName, read: ReadInput = readFromRepository): string {
  return `seawall/${name}-packages:${packagesHash(name, imageRecipes[name], read)}`
}

function imageHash(name: ImageName | BaseName, read: ReadInput): string {
  const recipe: ImageRecipe = imageRecipes[name]
  const packages = packagesHash(name, recipe, read)
  if (recipe.kind === 'debian' || recipe.settings === undefined) return packages
  return hashOf([packages, ...stepInputs(name, recipe.settings, read)])
}

function packagesHash(name: ImageName | BaseName, recipe: ImageRecipe, read: ReadInput): string {
  if (recipe.kind === 'debian') return hashOf([process.arch, recipe.upstream, recipe.suite])
  const base = imageHash(recipe.packages.base, read)
  return hashOf([base, recipe.upstream, ...stepInputs(name, recipe.packages, read)])
}

function stepInputs(name: string, step: DockerfileStep, read: ReadInput): readonly string[] {
  return [step.dockerfile, ...step.files].flatMap((file) => [file, read(name, file)])
}

/** Each part goes in with its length, so that no two lists of parts can look alike. */
function hashOf(parts: readonly string[]): string {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(`${Buffer.byteLength(part)}:${part}`)
  return hash.digest('hex').slice(0, 12)
}
