import { furtherCheckers } from '../../chaos/checkers/list.ts'
import type { Experiment } from '../../chaos/experiment.ts'
import type { OrderIntakeLoad } from '../../scenarios/load-config.ts'

// 20: of so many on average, a seed that draws none is one in hundreds of millions.
const enoughOnAverage = 20

/** The experiment with what can be promised of every load that asks for it: no order that is wrong on purpose is accepted. */
export function withPromisesOfLoad(experiment: Experiment<OrderIntakeLoad>): Experiment<OrderIntakeLoad> {
  const { load, promises } = experiment
  const invalid = load.arrivalsBetween(0, load.durationMs) * load.profile.mix.invalidShare
  if (invalid < enoughOnAverage) return experiment
  return { ...experiment, promises: [...promises, furtherCheckers.noInvalidOrders()] }
}
