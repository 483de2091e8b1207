import { copyFile, mkdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { writeHostFolder } from './host-settings.ts'
import type { BaseName, DebianRecipe, DockerfileStep, ImageName } from './image-recipes.ts'
import { imagesFolder } from './image-tag.ts'
import type { ImageWorld } from './image-world.ts'
import type { Task } from './progress.ts'

type AnyName = ImageName | BaseName

/** Makes a plain Debian under `tag`. */
export async function buildDebian(
  name: AnyName,
  recipe: DebianRecipe,
  tag: string,
  world: ImageWorld,
): Promise<void> {
  const logFile = join(world.folder, `${name}.log`)
  const tarFile = join(world.folder, `${name}-${process.pid}.tar`)
  await logged(name, `Debian ${recipe.suite}`, logFile, world, async (task) => {
    try {
      await world.makeDebianTar(recipe.suite, tarFile, logFile, task.note)
      await world.store.importTar(tarFile, tag)
    } finally {
      await rm(tarFile, { force: true })
    }
  })
}

export interface BuildStep extends DockerfileStep {
  readonly image: ImageName
  /** Whose half it is: what upstream's image would be, or our settings over it. */
  readonly half: 'packages' | 'settings'
  readonly tag: string
  readonly args: Readonly<Record<string, string>>
  /** Whether it asks package registries, and so is handed this machine's settings for them. */
  readonly network: boolean
  readonly nodeBinary?: true
}

/** Builds one Dockerfile of an image's folder. */
export async function buildStep(step: BuildStep, world: ImageWorld): Promise<void> {
  const { image, half, dockerfile, tag, args, network } = step
  const logFile = join(world.folder, `${image}-${half}.log`)
  const how = half === 'packages' ? 'from package registries' : 'with our settings'
  await logged(image, how, logFile, world, async (task) => {
    const context = join(world.folder, `${image}-${half}-${process.pid}`)
    try {
      const files = await layContext(step, context, world)
      const request = { context, files, dockerfile, tag, args, network, logFile }
      await world.store.build(request, { note: task.note, signal: world.signal })
    } finally {
      await rm(context, { recursive: true, force: true })
    }
  })
}

async function layContext(step: BuildStep, context: string, world: ImageWorld): Promise<readonly string[]> {
  const files = [step.dockerfile, ...step.files]
  await mkdir(context, { recursive: true })
  for (const file of files) await copyFile(join(imagesFolder, step.image, file), join(context, file))
  if (step.nodeBinary) {
    await copyFile(world.nodeBinary, join(context, 'node'))
    return [...files, 'node']
  }
  if (!step.network) return files
  await writeHostFolder(join(context, 'host'), await world.hostSettings())
  return [...files, 'host']
}

/** Runs one build with its progress, and turns its failure into an error that names the log. */
async function logged(
  name: AnyName,
  how: string,
  logFile: string,
  world: ImageWorld,
  work: (task: Task) => Promise<void>,
): Promise<void> {
  world.signal?.throwIfAborted()
  const task = world.progress.task(`image ${name}: building ${how}`)
  await rm(logFile, { force: true })
  try {
    await work(task)
    task.done('built')
  } catch (error) {
    task.failed()
    world.signal?.throwIfAborted()
    if (error instanceof HarnessError) throw error
    throw new HarnessError(
      'HARNESS_IMAGE_FAILED',
      `image ${name}: building it ${how} failed: ${error instanceof Error ? error.message.trim() : String(error)}; the log is ${logFile}`,
      'read the end of that log; after a fault of a network or a registry, run the same command again',
      { cause: error },
    )
  }
}
