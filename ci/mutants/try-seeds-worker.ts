import { parentPort } from 'node:worker_threads'
import { type SeedsAsked, trySeeds } from './try-seeds.ts'

/** A thread of {@link trySeedsInParallel}: plays the shares that it is handed, and sends each run's end. */
parentPort?.on('message', async (asked: SeedsAsked) => {
  for await (const tried of trySeeds(asked)) parentPort?.postMessage(tried)
})
