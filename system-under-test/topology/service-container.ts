import type { StartedTestContainer } from 'testcontainers'
import { atOnce } from './greeting.ts'
import { LoopbackContainer, type PublishedPort } from './loopback-container.ts'

export interface ServiceRecipe {
  /** api-1 */
  readonly alias: string
  readonly image: string
  readonly network: string
  readonly labels: Readonly<Record<string, string>>
  readonly name: string
  /** The bundled process: one ESM file. */
  readonly bundle: string
  readonly env: Readonly<Record<string, string>>
  readonly ports: readonly PublishedPort[]
  readonly cpuWeight: number
}

/** Where libfaketime looks for the time; without it time is true. Writable for everybody, also after a restart. */
export const fakeTimeFile = '/dev/shm/faketime'
/** 256 MiB: 185 MiB were seen in a spike. */
const memoryBytes = 256 * 1024 ** 2
/**
 * In so little memory Node lets what is new have 1 to 2 MiB, less than the orders in flight hold: it cleans up all the time,
 * and keeps what is dead a moment later. With 8, an order took a fifth less of a processor, and the process 15 MiB more.
 */
const newSpaceMiB = 8

/**
 * Cleaning up by the thread that works: helpers of its own would have to be given a processor first, and it waits for
 * them meanwhile. Where processors are short, an order took a tenth more of one with them.
 */
const cleanUpAlone = '--single-threaded-gc'

/** One replica of one of our processes. Ready is for the steady state to say: it waits for broker and store by itself. */
export async function startService(recipe: ServiceRecipe): Promise<StartedTestContainer> {
  return new LoopbackContainer(recipe.image)
    .withName(recipe.name)
    .join(recipe.network, recipe.alias)
    .publish(recipe.ports)
    .withLabels({ ...recipe.labels, 'seawall.name': recipe.alias })
    .weigh(recipe.cpuWeight)
    .limitMemory(memoryBytes)
    .limitProcesses(200)
    .withUser('1000')
    .withTmpFs({ '/tmp': 'rw,size=16m' })
    .withEnvironment({
      ...recipe.env,
      REPLICA: recipe.alias,
      LD_PRELOAD: '/usr/local/lib/libfaketime.so.1',
      FAKETIME_TIMESTAMP_FILE: fakeTimeFile,
      FAKETIME_CACHE_DURATION: '1',
      FAKETIME_DONT_FAKE_MONOTONIC: '1',
    })
    .withCopyFilesToContainer([{ source: recipe.bundle, target: '/service/main.mjs', mode: 0o444 }])
    .withCommand([`--max-semi-space-size=${newSpaceMiB}`, cleanUpAlone, '/service/main.mjs'])
    .withWaitStrategy(atOnce)
    .start()
}
