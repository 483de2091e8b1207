import { faultKinds } from '../../chaos/faults/list.ts'
import type { ScheduledFault } from '../../chaos/schedule/schedule.ts'
import type { System } from '../../chaos/system.ts'
import { type DiskOwner, diskOwners } from '../../system-under-test/topology/infrastructure.ts'
import { type OrderIntakeRecipe, orderIntake } from '../../system-under-test/topology/order-intake.ts'

type Broken = Pick<ScheduledFault, 'kind' | 'target'>

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
  return (typeof target === 'string' ? target : target.role) === owner
}
