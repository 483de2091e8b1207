import { on } from 'node:events'
import { Worker } from 'node:worker_threads'
import { type SeedsAsked, type SeedTried, trySeeds } from './try-seeds.ts'

/** A thread starts in about half a second, in which the others play four runs. */
const seedsPerThreadMin = 10
/** Whoever is ready takes the next share: small enough that none waits long for the last one at the end. */
const seedsPerShareMax = 10

export interface ParallelOptions {
  /** At most so many threads; fewer where there is little to play. */
  readonly threadsMax: number
  readonly signal: AbortSignal
  /** Told of each run in the order in which they are asked for, whichever thread was first; `of` is its place in `asked`. */
  tell(tried: SeedTried, of: number): void
}

type Tell = ParallelOptions['tell']

/** Consecutive runs of one of those that are asked for. */
interface Share {
  readonly of: number
  readonly asked: SeedsAsked
  /** The place of its first run among all. */
  readonly first: number
}

/**
 * Plays the runs on several threads. What it tells is the same for any number of them: a run depends on its seed
 * alone. Ends with the first thread's error, or with the signal's reason; no thread outlives it.
 */
export async function trySeedsInParallel(
  asked: readonly SeedsAsked[],
  { threadsMax, signal, tell }: ParallelOptions,
): Promise<void> {
  signal.throwIfAborted()
  const shares = sharesOf(asked)
  const runs = asked.reduce((sum, { seeds }) => sum + seeds.length, 0)
  const threads = Math.min(threadsMax, shares.length, Math.ceil(runs / seedsPerThreadMin))
  if (threads > 1) return onThreads(shares, threads, signal, tell)
  for (const share of shares) {
    for await (const tried of trySeeds(share.asked)) {
      tell(tried, share.of)
      signal.throwIfAborted()
    }
  }
}

function sharesOf(asked: readonly SeedsAsked[]): Share[] {
  let runs = 0
  return asked.flatMap((whole, of) => {
    const first = runs
    runs += whole.seeds.length
    return Array.from({ length: Math.ceil(whole.seeds.length / seedsPerShareMax) }, (_, at) => {
      const from = at * seedsPerShareMax
      const seeds = whole.seeds.slice(from, from + seedsPerShareMax)
      return { of, asked: { ...whole, seeds }, first: first + from }
    })
  })
}

async function onThreads(shares: Share[], threads: number, signal: AbortSignal, tell: Tell): Promise<void> {
  const program = new URL('./try-seeds-worker.ts', import.meta.url)
  const workers = Array.from({ length: threads }, () => new Worker(program))
  const stop = () => Promise.all(workers.map((worker) => worker.terminate()))
  signal.addEventListener('abort', stop)
  const see = inOrder(tell)
  try {
    await Promise.all(workers.map((worker) => playShares(worker, shares, see)))
    signal.throwIfAborted()
  } finally {
    signal.removeEventListener('abort', stop)
    await stop()
  }
}

/** Hands the thread a share, and the next one when that is played, until none is left or the thread was stopped. */
async function playShares(worker: Worker, left: Share[], see: See): Promise<void> {
  const messages = on(worker, 'message', { close: ['exit'] })
  for (let share = left.shift(); share !== undefined; share = left.shift()) {
    worker.postMessage(share.asked)
    for (let at = 0; at < share.asked.seeds.length; at += 1) {
      const { value, done } = await messages.next()
      if (done) return
      see(value[0] as SeedTried, share.of, share.first + at)
    }
  }
}

type See = (tried: SeedTried, of: number, place: number) => void

function inOrder(tell: Tell): See {
  const waiting = new Map<number, () => void>()
  let next = 0
  return (tried, of, place) => {
    waiting.set(place, () => tell(tried, of))
    for (let one = waiting.get(next); one !== undefined; one = waiting.get(next)) {
      waiting.delete(next)
      next += 1
      one()
    }
  }
}
