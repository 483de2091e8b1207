import { parentPort, workerData } from 'node:worker_threads'
import { type SeedsAsked, trySeeds } from './try-seeds.ts'

/** A thread of {@link trySeedsInParallel}: plays its share, and sends each run's end. */
for await (const tried of trySeeds(workerData as SeedsAsked)) parentPort?.postMessage(tried)
