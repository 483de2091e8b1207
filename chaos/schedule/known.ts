import type { FaultKind } from '../faults/fault.ts'
import type { Target } from '../faults/target.ts'
import { nearestNames } from '../kernel/nearest-names.ts'
import type { LoadTimeline } from '../system.ts'

/** What is known of a target before it runs. */
export type KnownTarget = Pick<Target, 'kind' | 'name' | 'role' | 'capabilities'>
export type KnownKind = Pick<FaultKind, 'kind' | 'needs' | 'targetKind' | 'options'>
export type KnownLoad = Pick<LoadTimeline, 'durationMs' | 'phases'>

/** " (did you mean worker?)", or nothing where no name is near. */
export function didYouMean(asked: string, known: readonly string[]): string {
  const near = nearestNames(asked, known)
  if (near.length > 0) return ` (did you mean ${near.join(' or ')}?)`
  return known.length === 0 ? ' (there is none)' : ` (known: ${known.join(', ')})`
}
