import type { Clock } from './kernel/clock.ts'
import { conditionHolds, describeCondition } from './schedule/condition.ts'
import type { Condition } from './schedule/schedule.ts'

export interface AbortWatch {
  readonly clock: Clock
  /** Aborting it ends the watch. */
  readonly signal: AbortSignal
  /** The newest value of a reading; undefined while there is none, which breaches nothing. */
  reading(name: string): number | undefined
}

const lookEveryMs = 200

/** What was breached, in words ("queue-depth above 20000: 20312"), as soon as it is; undefined when the watch ends first. */
export async function firstBreach(
  conditions: readonly Condition[],
  { clock, signal, reading }: AbortWatch,
): Promise<string | undefined> {
  while (conditions.length > 0 && !signal.aborted) {
    for (const condition of conditions) {
      const value = reading(condition.reading)
      if (conditionHolds(condition, value)) return `${describeCondition(condition)}: ${value}`
    }
    await clock.sleep(lookEveryMs, signal).catch(() => undefined)
  }
  return undefined
}
