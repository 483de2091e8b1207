import type { Experiment } from '../../chaos/experiment.ts'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { nearestNames } from '../../chaos/kernel/nearest-names.ts'
import type { OrderIntakeLoad } from '../load-config.ts'
import { alarmWhileStoreIsAway } from './alarm-while-store-is-away.ts'
import { apiKilled } from './api-killed.ts'
import { apiPaused } from './api-paused.ts'
import { apiRollingRestart } from './api-rolling-restart.ts'
import { apiShortOfMemory } from './api-short-of-memory.ts'
import { apiStarvedOfCpu } from './api-starved-of-cpu.ts'
import { apiStopped } from './api-stopped.ts'
import { autoscaleControllerKilled } from './autoscale-controller-killed.ts'
import { autoscaleMetricsAway } from './autoscale-metrics-away.ts'
import { autoscaleScaleInWhileBusy } from './autoscale-scale-in-while-busy.ts'
import { autoscaleSpikeFromCalm } from './autoscale-spike-from-calm.ts'
import { autoscaleSquareWave } from './autoscale-square-wave.ts'
import { badCanaryUnderSpike } from './bad-canary-under-spike.ts'
import { bindingRemoved } from './binding-removed.ts'
import { brokerAlarmRaised } from './broker-alarm-raised.ts'
import { brokerAndWorkerKilled } from './broker-and-worker-killed.ts'
import { brokerDiskFull } from './broker-disk-full.ts'
import { brokerKilled } from './broker-killed.ts'
import { brokerLinkCut } from './broker-link-cut.ts'
import { brokerLinkFlapping } from './broker-link-flapping.ts'
import { brokerLinkSlow } from './broker-link-slow.ts'
import { brokerLinkThin } from './broker-link-thin.ts'
import { brokerPaused } from './broker-paused.ts'
import { brokerPowerLost } from './broker-power-lost.ts'
import { brownOutAndBack } from './brown-out-and-back.ts'
import { clientAnswersDropped } from './client-answers-dropped.ts'
import { clientAnswersLost } from './client-answers-lost.ts'
import { clientLinkInPieces } from './client-link-in-pieces.ts'
import { clientLinkJittery } from './client-link-jittery.ts'
import { clientLinkReset } from './client-link-reset.ts'
import { clientLinkSlow } from './client-link-slow.ts'
import { clientServedErrors } from './client-served-errors.ts'
import { confirmsLost } from './confirms-lost.ts'
import { deliveriesDoubled } from './deliveries-doubled.ts'
import { findTheKnee } from './find-the-knee.ts'
import { goodVersionUnderSpike } from './good-version-under-spike.ts'
import { hotKeySpike } from './hot-key-spike.ts'
import { namesNotFound } from './names-not-found.ts'
import { noisyNeighbour } from './noisy-neighbour.ts'
import { overloadTenfold } from './overload-10x.ts'
import { queueDeleted } from './queue-deleted.ts'
import { queueLimited } from './queue-limited.ts'
import { rollingRestartWhileAnswersAreLost } from './rolling-restart-while-answers-are-lost.ts'
import { sagaWorkerKilledBetweenSteps } from './saga-worker-killed-between-steps.ts'
import { spikeExperiment } from './spike.ts'
import { storeAnswersLost } from './store-answers-lost.ts'
import { storeDiskFull } from './store-disk-full.ts'
import { storeKilled } from './store-killed.ts'
import { storeLinkCut } from './store-link-cut.ts'
import { storeLinkSlow } from './store-link-slow.ts'
import { storePaused } from './store-paused.ts'
import { storePowerLost } from './store-power-lost.ts'
import { storeRefusesClients } from './store-refuses-clients.ts'
import { storeSlow } from './store-slow.ts'
import { workerClockSkewed } from './worker-clock-skewed.ts'
import { workerIsolated } from './worker-isolated.ts'
import { workerIsolatedWhileClockIsSkewed } from './worker-isolated-while-clock-is-skewed.ts'
import { workerKilled } from './worker-killed.ts'
import { workerPaused } from './worker-paused.ts'
import { workerStopped } from './worker-stopped.ts'
import { workerWithLossyNetwork } from './worker-with-lossy-network.ts'
import { workersAllDown } from './workers-all-down.ts'

/** Every experiment, along the path of an order; one that is not in this list does not exist. */
export const experiments: readonly Experiment<OrderIntakeLoad>[] = [
  spikeExperiment(),
  findTheKnee,
  overloadTenfold,
  brownOutAndBack,
  noisyNeighbour,
  hotKeySpike,
  apiKilled,
  apiStopped,
  apiRollingRestart,
  apiPaused,
  apiStarvedOfCpu,
  apiShortOfMemory,
  clientLinkSlow,
  clientLinkJittery,
  clientAnswersLost,
  clientAnswersDropped,
  clientServedErrors,
  clientLinkReset,
  clientLinkInPieces,
  brokerLinkCut,
  brokerLinkSlow,
  brokerLinkThin,
  confirmsLost,
  brokerLinkFlapping,
  brokerKilled,
  brokerPaused,
  brokerPowerLost,
  brokerDiskFull,
  brokerAlarmRaised,
  bindingRemoved,
  queueDeleted,
  queueLimited,
  deliveriesDoubled,
  workerKilled,
  sagaWorkerKilledBetweenSteps,
  workersAllDown,
  workerPaused,
  workerStopped,
  workerClockSkewed,
  workerIsolated,
  workerWithLossyNetwork,
  storeLinkCut,
  storeLinkSlow,
  storeAnswersLost,
  storeKilled,
  storePowerLost,
  storeDiskFull,
  storePaused,
  storeRefusesClients,
  storeSlow,
  namesNotFound,
  autoscaleSpikeFromCalm,
  autoscaleSquareWave,
  autoscaleScaleInWhileBusy,
  autoscaleMetricsAway,
  autoscaleControllerKilled,
  badCanaryUnderSpike,
  goodVersionUnderSpike,
  brokerAndWorkerKilled,
  rollingRestartWhileAnswersAreLost,
  alarmWhileStoreIsAway,
  workerIsolatedWhileClockIsSkewed,
]

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
