import type { Condition } from './schedule.ts'

/** Whether the value satisfies the condition. No value satisfies none. */
export function conditionHolds(condition: Condition, value: number | undefined): boolean {
  if (value === undefined || Number.isNaN(value)) return false
  return 'above' in condition ? value > condition.above : value < condition.below
}

/** "backlog above 500" */
export function describeCondition(condition: Condition): string {
  return 'above' in condition
    ? `${condition.reading} above ${condition.above}`
    : `${condition.reading} below ${condition.below}`
}
