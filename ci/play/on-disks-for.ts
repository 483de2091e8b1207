import { faultKinds } from '../../chaos/faults/list.ts'
import type { FaultPlan, ScheduledFault } from '../../chaos/schedule/schedule.ts'
import type { System } from '../../chaos/system.ts'
import { type DiskOwner, diskOwners } from '../../system-under-test/topology/infrastructure.ts'
import { type OrderIntakeRecipe, orderIntake } from '../../system-under-test/topology/order-intake.ts'

/** A fault that is planned, or one whose targets are chosen already. */
type Broken = Pick<ScheduledFault | FaultPlan, 'kind' | 'target'>

/** The order intake, with a disk of its own for each part whose disk these faults break; for nobody else. */
export function onDisksFor(schedule: readonly Broken[]): (recipe: OrderIntakeRecipe) => System {
  const disks = disksFor(schedule)
  return (recipe) => orderIntake(disks.length === 0 ? recipe : { ...recipe, disks })
}

export function disksFor(schedule: readonly Broken[]): readonly DiskOwner[] {
  return diskOwners.filter((owner) => schedule.some((fault) => isOfDiskOf(owner, fault)))
}

function isOfDiskOf(owner: DiskOwner, { kind, target }: Broken): boolean {
  const needs = faultKinds.find((known) => known.kind === kind)?.needs ?? []
  if (!needs.includes('disk-fillable') && !needs.includes('power-losable')) return false
  if (typeof target === 'string') return target === owner
  return ('name' in target ? target.name : target.role) === owner
}
