import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type SeedsAsked, type SeedTried, trySeeds } from './try-seeds.ts'

/** A thread starts in about half a second, in which the others play four runs. */
const seedsPerThreadMin = 10

export interface ParallelOptions {
  /** At most so many threads; fewer where there is little to play. */
  readonly threadsMax: number
  readonly signal: AbortSignal
  /** Told of each run in the order of the seeds, whichever thread was first. */
  tell(tried: SeedTried): void
}

/**
 * Plays the runs on several threads. What it tells is the same for any number of them: a run depends on its seed
 * alone. Ends with the first thread's error, or with the signal's reason; no thread outlives it.
 */
export async function trySeedsInParallel(asked: SeedsAsked, options: ParallelOptions): Promise<void> {
  const { signal } = options
  signal.throwIfAborted()
  const tell = inOrder(asked.seeds, options.tell)
  const threads = Math.min(options.threadsMax, Math.ceil(asked.seeds.length / seedsPerThreadMin))
  if (threads > 1) return onThreads(sharesOf(asked, threads), signal, tell)
  for await (const tried of trySeeds(asked)) {
    tell(tried)
    signal.throwIfAborted()
  }
}

/** Dealt in turn, beginning with the next thread at each round of the triggers: cheap and dear ones come to all. */
function sharesOf({ seeds, ...rest }: SeedsAsked, threads: number): readonly SeedsAsked[] {
  const threadOf = (at: number) => (at + Math.floor(at / rest.triggers.length)) % threads
  return Array.from({ length: threads }, (_, thread) => ({
    ...rest,
    seeds: seeds.filter((_seed, at) => threadOf(at) === thread),
  }))
}

async function onThreads(
  shares: readonly SeedsAsked[],
  signal: AbortSignal,
  tell: (tried: SeedTried) => void,
): Promise<void> {
  const program = new URL('./try-seeds-worker.ts', import.meta.url)
  const workers = shares.map((workerData) => new Worker(program, { workerData }))
  const stop = () => Promise.all(workers.map((worker) => worker.terminate()))
  signal.addEventListener('abort', stop)
  try {
    for (const worker of workers) worker.on('message', tell)
    await Promise.all(workers.map((worker) => once(worker, 'exit')))
    signal.throwIfAborted()
  } finally {
    signal.removeEventListener('abort', stop)
    await stop()
  }
}

function inOrder(seeds: readonly number[], tell: (tried: SeedTried) => void): (tried: SeedTried) => void {
  const waiting = new Map<number, SeedTried>()
  let next = 0
  return (tried) => {
    waiting.set(tried.seed, tried)
    for (
      let one = waiting.get(seeds[next] as number);
      one !== undefined;
      one = waiting.get(seeds[next] as number)
    ) {
      waiting.delete(one.seed)
      next += 1
      tell(one)
    }
  }
}
