import type { Experiment } from '../../chaos/experiment.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import type { OrderIntakeLoad } from '../load-config.ts'
import { spikeExperiment } from './spike.ts'

/** Every experiment; one that is not in this list does not exist. */
export const experiments: readonly Experiment<OrderIntakeLoad>[] = [spikeExperiment()]

/** The experiment of this name; HARNESS_NAME_UNKNOWN, with the nearest names, if there is none. */
export function experimentOf(name: string): Experiment<OrderIntakeLoad> {
  const found = experiments.find((experiment) => experiment.name === name)
  if (found !== undefined) return found
  const near = nearestNames(
    name,
    experiments.map((experiment) => experiment.name),
  )
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected the name of an experiment, got "${name}"`,
    `${near.length > 0 ? `did you mean ${near.join(' or ')}? ` : ''}\`npm run seawall list experiments\` prints them all`,
  )
}
