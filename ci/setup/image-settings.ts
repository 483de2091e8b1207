import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { type ImageName, imageNames } from './image-recipes.ts'

export const imageSources = ['any', 'pull', 'build'] as const

/** Where images may come from: `any` pulls, and builds what cannot be pulled. */
export type ImageSource = (typeof imageSources)[number]

export interface ImageSettings {
  readonly source: ImageSource
  /** Images to take instead of ours, as they are. */
  readonly overrides: ReadonlyMap<ImageName, string>
  /** Put before the names of images of the public hub, as testcontainers does. */
  readonly hubPrefix: string
}

type Env = Readonly<Record<string, string | undefined>>

const overrideStart = 'SEAWALL_IMAGE_'
const sourceName = 'SEAWALL_IMAGES_FROM'

/** `SEAWALL_IMAGE_RABBITMQ` and its like. */
export function overrideNameOf(name: ImageName): string {
  return `${overrideStart}${name.toUpperCase()}`
}

/** Reads and checks what the environment says of images; every problem at once. */
export function readImageSettings(env: Env): ImageSettings {
  const known = new Map(imageNames.map((name) => [overrideNameOf(name), name]))
  const given = Object.entries(env).filter(([name, value]) => name.startsWith(overrideStart) && value !== '')
  const source = env[sourceName] || 'any'
  const problems = given
    .filter(([name]) => !known.has(name))
    .map(([name]) => `${name}: no image has this name; there are ${[...known.keys()].join(', ')}`)
  if (!isImageSource(source)) {
    problems.push(`${sourceName}: expected ${imageSources.join(', ')}, got "${source}"`)
  }
  refuseProblems('the environment', problems, 'unset or correct the variables that are named')
  const overrides = given.map(([name, value]) => [known.get(name) as ImageName, value as string] as const)
  return {
    source: source as ImageSource,
    overrides: new Map(overrides),
    hubPrefix: (env.TESTCONTAINERS_HUB_IMAGE_NAME_PREFIX ?? '').replace(/\/+$/, ''),
  }
}

/** The name to ask for: names without a registry belong to the hub, and get the prefix if there is one. */
export function withHubPrefix(ref: string, hubPrefix: string): string {
  return hubPrefix === '' || registryOf(ref) !== undefined ? ref : `${hubPrefix}/${ref}`
}

/** The registry in an image's name: its first part, if that looks like a host. undefined = the hub. */
export function registryOf(ref: string): string | undefined {
  const [first = '', ...rest] = ref.split('/')
  if (rest.length === 0) return undefined
  return first.includes('.') || first.includes(':') || first === 'localhost' ? first : undefined
}

function isImageSource(text: string): text is ImageSource {
  return (imageSources as readonly string[]).includes(text)
}
