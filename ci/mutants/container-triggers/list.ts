import { HarnessError } from '../../../chaos/kernel/errors.ts'
import { nearestNames } from '../../../chaos/kernel/nearest-names.ts'
import { bindingRemoved, brokerKilledWithFullQueue, queueFullAndDeadLettersAway } from './broker.ts'
import {
  badRequestsFlood,
  calm,
  lookUpsSlowForTheImpatient,
  noisyClient,
  repeatsWhileStoreSlow,
} from './clients.ts'
import type { ContainerTrigger } from './container-trigger.ts'
import { hotKeyBesideOthers, partitionsWorkersKilled } from './partitions.ts'
import { storeKilledUnderLoad } from './store.ts'
import { twoStepsClockBehind, twoStepsWorkersKilled } from './two-steps.ts'
import {
  apisKilled,
  apisStoppedWhileBrokerSlow,
  brokerAwayAndBack,
  brokerSlowForThoseWhoAskOnce,
  brokerThinForLargeOrders,
  brokerTooThin,
  confirmsVanish,
  oneApiCutOff,
  publishesVanish,
  storeAwayForThoseWhoAskOnce,
} from './ways-to-the-broker.ts'
import {
  storeBrownsOut,
  storeCutOffUnderLoad,
  workersFrozen,
  workersKilledWhileAnswersVanish,
  workersKilledWhileStoreAway,
  workersKilledWhileWritesVanish,
  workersStopped,
  writesTorn,
} from './workers-and-store.ts'

/** What is played on containers to show mutants, along the path of an order. */
export const containerTriggers: readonly ContainerTrigger[] = [
  calm,
  repeatsWhileStoreSlow,
  badRequestsFlood,
  lookUpsSlowForTheImpatient,
  noisyClient,
  apisKilled,
  apisStoppedWhileBrokerSlow,
  oneApiCutOff,
  brokerAwayAndBack,
  storeAwayForThoseWhoAskOnce,
  brokerSlowForThoseWhoAskOnce,
  brokerTooThin,
  brokerThinForLargeOrders,
  publishesVanish,
  confirmsVanish,
  bindingRemoved,
  queueFullAndDeadLettersAway,
  brokerKilledWithFullQueue,
  workersKilledWhileWritesVanish,
  workersKilledWhileAnswersVanish,
  workersKilledWhileStoreAway,
  workersStopped,
  workersFrozen,
  storeCutOffUnderLoad,
  storeKilledUnderLoad,
  storeBrownsOut,
  writesTorn,
  twoStepsWorkersKilled,
  twoStepsClockBehind,
  partitionsWorkersKilled,
  hotKeyBesideOthers,
]

/** The trigger of this name; an unknown one is refused with the near ones. */
export function containerTriggerNamed(name: string): ContainerTrigger {
  const found = containerTriggers.find((trigger) => trigger.name === name)
  if (found !== undefined) return found
  const names = containerTriggers.map((trigger) => trigger.name)
  const near = nearestNames(name, names)
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `no trigger on containers is called "${name}"`,
    near.length > 0 ? `did you mean ${near.join(' or ')}?` : `known are ${names.join(', ')}`,
  )
}
