import type { StartedTestContainer } from 'testcontainers'
import { cpuWeight } from './cpu-weight.ts'
import { hello, untilAnswered } from './greeting.ts'
import { LoopbackContainer } from './loopback-container.ts'

export interface StoreRecipe {
  readonly image: string
  readonly network: string
  readonly port: number
  readonly labels: Readonly<Record<string, string>>
  readonly name: string
  /** A volume for its data. */
  readonly volume?: string
  /** Told as soon as its process runs. */
  readonly onLaunch?: () => void
}

export const storeData = '/var/lib/cassandra'

/** 512 MB of heap came to 900 MiB under load. */
const memoryBytes = 1.5 * 1024 ** 3

/**
 * The first compiler only. A run lasts two minutes from the store's cold start, and on two cores the second compiler
 * took a core away from everybody for most of it; what it gives in the end, a run does not live to see.
 */
const jvmOptions = '-XX:TieredStopAtLevel=1'

/** Cassandra 5 alone, answering CQL. */
export async function startStore(recipe: StoreRecipe): Promise<StartedTestContainer> {
  return new LoopbackContainer(recipe.image)
    .withName(recipe.name)
    .join(recipe.network, 'store')
    .publish([{ container: 9042, host: recipe.port }])
    .withLabels({ ...recipe.labels, 'seawall.name': 'store' })
    .withEnvironment({ JVM_EXTRA_OPTS: jvmOptions })
    .weigh(cpuWeight.carryingOut)
    .keepDataOn(recipe.volume, storeData)
    .limitMemory(memoryBytes)
    .onLaunch(recipe.onLaunch ?? (() => undefined))
    .withWaitStrategy(untilAnswered(recipe.port, hello.cql, 180_000))
    .start()
}
