import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import type { Trigger } from '../../scenarios/simulation/trigger.ts'
import { triggers } from '../../scenarios/simulation/triggers/list.ts'
import type { Mutant } from './mutant.ts'

/** The trigger of this name; an unknown one is refused with the near ones. */
export function triggerNamed(name: string): Trigger {
  const found = triggers.find((trigger) => trigger.name === name)
  if (found !== undefined) return found
  const near = nearestNames(
    name,
    triggers.map((trigger) => trigger.name),
  )
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `no trigger is called "${name}"`,
    near.length > 0
      ? `did you mean ${near.join(' or ')}?`
      : `known are ${triggers.map((trigger) => trigger.name).join(', ')}`,
  )
}

/** The trigger under which a mutant shows in the simulation. */
export function triggerOf({ id, simulation }: Mutant): Trigger {
  if (simulation !== undefined) return triggerNamed(simulation)
  throw new HarnessError(
    'HARNESS_CONFIG_INVALID',
    `mutant ${id} has no "Simulation:" line: it shows on containers only`,
    `try \`npm run spike -- --mutant ${id}\``,
  )
}
