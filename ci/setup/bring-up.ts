import type Dockerode from 'dockerode'
import { realClock } from '../../chaos/kernel/clock.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { ensureEngine } from './engine.ts'
import { defaultAddress } from './engine-address.ts'
import { type ImageName, imageNames } from './image-recipes.ts'
import { imageWorldOf } from './image-world.ts'
import { ensureImages, type ImageRefs } from './images.ts'
import { plainProgress } from './progress.ts'

export interface PrepareOptions {
  /** Which images; all of them if left out. */
  readonly images?: readonly ImageName[]
  /** One line of progress; nothing is said when nothing is missing. */
  readonly out: (text: string) => void
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly signal?: AbortSignal
}

export interface Prepared {
  readonly docker: Dockerode
  readonly images: ImageRefs
}

/**
 * Makes sure of an Engine and of images on a machine that may have neither. Safe to repeat and to do side by side:
 * what is there is left alone, and what is missing is made once.
 */
export async function prepare(options: PrepareOptions): Promise<Prepared> {
  try {
    return await prepareHere(options)
  } catch (error) {
    throw options.signal?.aborted ? interrupted(error) : error
  }
}

async function prepareHere(options: PrepareOptions): Promise<Prepared> {
  const { images = imageNames, out, env = process.env, signal } = options
  const progress = plainProgress({ out, clock: realClock })
  const engine = await ensureEngine({ env, progress, signal })
  // Others in this process, testcontainers among them, must find the same Engine.
  if (engine.address !== defaultAddress) process.env.DOCKER_HOST = engine.address
  const world = await imageWorldOf(engine.docker, { env, out, signal })
  return { docker: engine.docker, images: await ensureImages(images, world) }
}

function interrupted(cause: unknown): HarnessError {
  return new HarnessError(
    'HARNESS_INTERRUPTED',
    'setting up was interrupted; images that were done are kept',
    'run the same command again: it goes on where this one ended',
    { cause },
  )
}
