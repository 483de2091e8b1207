import type { HistoryLine } from '../history/line.ts'

/** What waits, by the names of the observations that are added up: ready and unacknowledged messages. */
export const backlogNames: readonly string[] = ['queue-depth', 'unacknowledged']

export interface BacklogReading {
  readonly timeMs: number
  readonly value: number
}

/** Readings of one moment are added up: each look at the system gives all of them the same time. */
export class BacklogLog {
  readonly #byTime = new Map<number, number>()

  see(line: HistoryLine): void {
    if (line.kind !== 'observation' || !backlogNames.includes(line.name)) return
    this.#byTime.set(line.timeMs, (this.#byTime.get(line.timeMs) ?? 0) + line.value)
  }

  readings(): readonly BacklogReading[] {
    return [...this.#byTime].map(([timeMs, value]) => ({ timeMs, value })).sort((a, b) => a.timeMs - b.timeMs)
  }
}

/** A queue can read empty for half a second after its broker came back, though messages are there. */
const inARow = 3

/** When the backlog was first at or below a level and stayed for three readings, from a time on. */
export function drainedMs(
  readings: readonly BacklogReading[],
  fromMs: number,
  level: number,
): number | undefined {
  const later = readings.filter((reading) => reading.timeMs >= fromMs)
  const at = later.findIndex((_, index) => {
    const run = later.slice(index, index + inARow)
    return run.length === inARow && run.every((reading) => reading.value <= level)
  })
  return later[at]?.timeMs
}
