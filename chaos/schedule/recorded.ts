import type { ScheduledFault } from './schedule.ts'

/** What a run record keeps of a fault. Times are in milliseconds since the run began. */
export interface RecordedFault {
  readonly id: string
  readonly kind: string
  readonly target: string
  readonly plannedForMs: number
  readonly injectingMs?: number | undefined
  readonly injectedMs?: number | undefined
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * The schedule that plays what a run saw at the same offsets: conditions become the times at which they held, chosen
 * targets the ones that were chosen. A fault that never went in is left out, for it did nothing.
 */
export function recordedSchedule(faults: readonly RecordedFault[], loadStartedMs: number): ScheduledFault[] {
  return faults.flatMap(({ id, kind, target, plannedForMs, injectingMs, injectedMs, options }) => {
    const beganMs = injectingMs ?? injectedMs
    if (beganMs === undefined) return []
    const atMs = Math.max(0, Math.round(beganMs - loadStartedMs))
    return [{ id, kind, target, start: { atMs }, forMs: plannedForMs, options }]
  })
}
