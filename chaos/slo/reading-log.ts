import type { HistoryLine } from '../history/line.ts'
import { conditionHolds } from '../schedule/condition.ts'
import type { Condition } from '../schedule/schedule.ts'
import type { Measured } from './evidence.ts'
import type { Interval } from './intervals.ts'
import type { Indicator } from './objective.ts'

interface SeenReading {
  readonly timeMs: number
  readonly value: number
}

/** Readings of the system by name, in the order of the history; those of one name and moment are added up. */
export class ReadingLog {
  readonly #byName = new Map<string, Map<number, number>>()

  see(line: HistoryLine): void {
    if (line.kind !== 'observation') return
    const { name, timeMs, value } = line
    const byTime = this.#byName.get(name) ?? new Map<number, number>()
    this.#byName.set(name, byTime.set(timeMs, (byTime.get(timeMs) ?? 0) + value))
  }

  within(name: string, { fromMs, toMs }: Interval): readonly SeenReading[] {
    const readings = [...(this.#byName.get(name) ?? [])].map(([timeMs, value]) => ({ timeMs, value }))
    return readings.filter(({ timeMs }) => timeMs >= fromMs && timeMs <= toMs)
  }
}

/** From the window's beginning until the condition is first seen to hold; no value where it never is. */
export function timeToReading(log: ReadingLog, window: Interval, condition: Condition): Measured {
  const readings = log.within(condition.reading, window)
  const first = readings.find(({ value }) => conditionHolds(condition, value))
  return {
    window,
    value: first === undefined ? undefined : first.timeMs - window.fromMs,
    samples: readings.length,
  }
}

type CountIndicator = Extract<Indicator, { kind: 'reading-turns' | 'reading-changes' }>

/** How often a reading changed in the window, or turned from growing to shrinking or back. */
export function countMoves(log: ReadingLog, window: Interval, { kind, reading }: CountIndicator): Measured {
  const values = log.within(reading, window).map(({ value }) => value)
  const moves = values
    .slice(1)
    .map((value, at) => Math.sign(value - (values[at] as number)))
    .filter((move) => move !== 0)
  const turns = moves.slice(1).filter((move, at) => move !== moves[at])
  return {
    window,
    value: values.length === 0 ? undefined : (kind === 'reading-turns' ? turns : moves).length,
    samples: values.length,
    note: `${reading}: ${spells(values).slice(0, 20).join(', ')}`,
  }
}

/** The values without repetitions: 2, 6, 5. */
function spells(values: readonly number[]): readonly number[] {
  return values.filter((value, at) => value !== values[at - 1])
}
