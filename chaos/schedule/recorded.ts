import type { FixedFault } from './schedule-text.ts'

/** What a run record keeps of a fault. Times are in milliseconds since the run began. */
export interface RecordedFault {
  readonly kind: string
  readonly target: string
  readonly plannedForMs: number
  readonly injectingMs?: number | undefined
  readonly injectedMs?: number | undefined
  readonly options: Readonly<Record<string, unknown>>
}

/**
 * The faults that a run saw, at the same offsets: conditions become the times at which they held, chosen targets the
 * ones that were chosen. A fault that never went in is left out, for it did nothing. None outlasts the load.
 */
export function recordedFaults(
  faults: readonly RecordedFault[],
  load: { readonly startedMs: number; readonly durationMs: number },
): FixedFault[] {
  return faults.flatMap(({ kind, target, plannedForMs, injectingMs, injectedMs, options }) => {
    const beganMs = injectingMs ?? injectedMs
    if (beganMs === undefined) return []
    const atMs = Math.max(0, Math.round(beganMs - load.startedMs))
    // What began late by what the machine took would otherwise be refused for ending after the load.
    const forMs = Math.min(plannedForMs, load.durationMs - atMs)
    return forMs > 0 ? [{ kind, target, atMs, forMs, options }] : []
  })
}
