import { appendFileSync } from 'node:fs'
import { fakeClock } from '../../chaos/kernel/fake-clock.ts'
import { registryOf } from './image-settings.ts'
import type { BuildRequest } from './image-store.ts'
import type { ImageWorld } from './image-world.ts'
import { plainProgress } from './progress.ts'

export interface FakeWorldOptions {
  readonly folder: string
  readonly env?: Readonly<Record<string, string>>
  readonly present?: readonly string[]
  /** Registries that answer: a host, or `hub`. */
  readonly registries?: readonly string[]
  /** Images that cannot be pulled though their registry answers. */
  readonly unpullable?: readonly string[]
  /** Images whose build ends with an error. */
  readonly unbuildable?: readonly string[]
  readonly freeBytes?: number
}

export interface FakeWorld extends ImageWorld {
  /** What was done, in its order: `pull REF`, `build TAG from ARG`, `debian SUITE`, `ask REGISTRY`. */
  readonly did: string[]
  readonly said: string[]
  readonly images: Set<string>
}

/** An Engine with registries and a disk, in memory, for tests of how images are made. */
export function fakeImageWorld(options: FakeWorldOptions): FakeWorld {
  const { folder, env = {}, present = [], registries = [], unpullable = [], unbuildable = [] } = options
  const did: string[] = []
  const said: string[] = []
  const images = new Set(present)
  const turn = () => new Promise((resolve) => setImmediate(resolve))

  const build = async (request: BuildRequest) => {
    did.push(`build ${request.tag} from ${Object.values(request.args).join()}`)
    appendFileSync(request.logFile, `building ${request.tag}\n`)
    await turn()
    if (unbuildable.some((name) => request.tag.includes(name)))
      throw new Error('the step returned a non-zero code: 7')
    images.add(request.tag)
  }

  return {
    did,
    said,
    images,
    env,
    folder,
    engineId: `fake ${folder}`,
    progress: plainProgress({ out: (text) => said.push(text), clock: fakeClock() }),
    nodeBinary: import.meta.filename,
    hostSettings: async () => ({ env: {} }),
    freeBytes: async () => options.freeBytes,
    async makeDebianTar(suite) {
      did.push(`debian ${suite}`)
      await turn()
      if (unbuildable.includes(suite)) throw new Error('mmdebstrap ended with 1')
    },
    store: {
      has: async (ref) => images.has(ref),
      async whyRegistryAway(ref) {
        const registry = registryOf(ref) ?? 'hub'
        did.push(`ask ${registry}`)
        return registries.includes(registry) ? undefined : 'no such host'
      },
      async pull(ref) {
        did.push(`pull ${ref}`)
        await turn()
        if (unpullable.some((name) => ref.includes(name))) throw new Error('manifest unknown')
        images.add(ref)
      },
      build,
      async importTar(_, tag) {
        images.add(tag)
      },
      async tag(ref, tag) {
        did.push(`tag ${ref} ${tag}`)
        images.add(tag)
      },
    },
  }
}
