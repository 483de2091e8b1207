/** What runs workers, as far as a fleet needs it. */
export interface WorkerEngine {
  /** The names of those that run now. */
  running(): Promise<ReadonlySet<string>>
  /** Starts this one; again, if it has left before. */
  start(name: string): Promise<void>
  /** Asks it to end, and kills it after the grace; resolves when it has. */
  stop(name: string, graceMs: number): Promise<void>
}

/** Workers by number: the first ones always run, the others come and go. Outlives whoever decides how many. */
export interface WorkerFleet {
  /** Those that run or are being started; not those that drain. */
  count(): Promise<number>
  grow(): Promise<void>
  shrink(graceMs: number): Promise<void>
  /** Nobody comes or goes any more; resolves when those that were on their way are there, or gone. */
  close(): Promise<void>
}

/**
 * One that died is not started again here: whoever killed it brings it back. A place that was never used, or was left
 * in order, is taken first; sent home is the last one.
 */
export function workerFleet(names: readonly string[], least: number, engine: WorkerEngine): WorkerFleet {
  const starting = new Set<string>()
  const leaving = new Set<string>()
  /** Those that ought to run. */
  const meant = new Set(names.slice(0, least))
  const underway = new Set<Promise<void>>()
  let closed = false

  function track(change: Promise<void>): Promise<void> {
    underway.add(change)
    const forget = () => void underway.delete(change)
    change.then(forget, forget)
    return change
  }

  async function start(name: string): Promise<void> {
    starting.add(name)
    meant.add(name)
    try {
      await engine.start(name)
    } catch (cause) {
      meant.delete(name)
      throw cause
    } finally {
      starting.delete(name)
    }
  }

  async function stop(name: string, graceMs: number): Promise<void> {
    leaving.add(name)
    meant.delete(name)
    try {
      await engine.stop(name, graceMs)
    } finally {
      leaving.delete(name)
    }
  }

  function refuseClosed(): void {
    if (closed) throw new Error('the run is over: no worker starts or leaves any more')
  }

  return {
    async count() {
      const running = await engine.running()
      return names.filter((name) => starting.has(name) || (running.has(name) && !leaving.has(name))).length
    },
    async grow() {
      refuseClosed()
      const next = names.find((name) => !meant.has(name) && !leaving.has(name))
      if (next === undefined) throw new Error(`there is no room for more than ${names.length} workers`)
      await track(start(next))
    },
    async shrink(graceMs) {
      refuseClosed()
      const last = names.findLast((name) => meant.has(name) && !starting.has(name))
      if (last === undefined) throw new Error('there is no worker to send home')
      await track(stop(last, graceMs))
    },
    async close() {
      closed = true
      await Promise.allSettled(underway)
    },
  }
}
