import type { Trigger } from '../trigger.ts'
import { answersLost } from './answers-lost.ts'
import { apisKilled } from './apis-killed.ts'
import { apisRestarted } from './apis-restarted.ts'
import { apisRestartedWhileBrokerSlow } from './apis-restarted-while-broker-slow.ts'
import { autoscalerKilled } from './autoscaler-killed.ts'
import { badCanaryUnderSpike } from './bad-canary-under-spike.ts'
import { badRequestsFlood } from './bad-requests-flood.ts'
import { bindingRemoved } from './binding-removed.ts'
import { brokerAwayAndBack } from './broker-away-and-back.ts'
import { brokerLinkCut } from './broker-link-cut.ts'
import { brokerLinkStalls } from './broker-link-stalls.ts'
import { brokerLinkStallsOnce } from './broker-link-stalls-once.ts'
import { brokerLinkSwallows } from './broker-link-swallows.ts'
import { brokerLinksFlap } from './broker-links-flap.ts'
import { brokerOverloaded } from './broker-overloaded.ts'
import { brokerRestartsWithFullQueue } from './broker-restarts-with-full-queue.ts'
import { brokerThinForLargeOrders } from './broker-thin-for-large-orders.ts'
import { burstIntoFullQueue } from './burst-into-full-queue.ts'
import { calm } from './calm.ts'
import { confirmsLost } from './confirms-lost.ts'
import { deadLettersAway } from './dead-letters-away.ts'
import { doubleClicks } from './double-clicks.ts'
import { hotKeySpike } from './hot-key-spike.ts'
import { largeOrders } from './large-orders.ts'
import { lateRepeats } from './late-repeats.ts'
import { lookUpsSlowForTheImpatient } from './look-ups-slow-for-the-impatient.ts'
import { manyOrders } from './many-orders.ts'
import { metricsAwayWhileScaled } from './metrics-away-while-scaled.ts'
import { noisyNeighbour } from './noisy-neighbour.ts'
import { oneApiCutOff } from './one-api-cut-off.ts'
import { ordersReadWhileTheyChange } from './orders-read-while-they-change.ts'
import { overload } from './overload.ts'
import { partitionsSwarm } from './partitions-swarm.ts'
import { partitionsWorkerWithoutStore } from './partitions-worker-without-store.ts'
import { partitionsWorkersKilled } from './partitions-workers-killed.ts'
import { queueFull } from './queue-full.ts'
import { releaseUnderSpike } from './release-under-spike.ts'
import { sagaAnswersLost } from './saga-answers-lost.ts'
import { sagaClockSkewed } from './saga-clock-skewed.ts'
import { sagaSwarm } from './saga-swarm.ts'
import { sagaWorkerKilledBetweenSteps } from './saga-worker-killed-between-steps.ts'
import { scaleInWhileBusy } from './scale-in-while-busy.ts'
import { spikeFromCalm } from './spike-from-calm.ts'
import { squareWaves } from './square-wave.ts'
import { storeAway } from './store-away.ts'
import { storeAwayForThoseWhoAskOnce } from './store-away-for-those-who-ask-once.ts'
import { storeBrownOut } from './store-brown-out.ts'
import { storeRefuses } from './store-refuses.ts'
import { storeSlowWhileScaled } from './store-slow-while-scaled.ts'
import { storeWriteTimeouts } from './store-write-timeouts.ts'
import { swarm } from './swarm.ts'
import { versionsSideBySide } from './versions-side-by-side.ts'
import { workerKilledWhileStoreSlow } from './worker-killed-while-store-slow.ts'
import { workerKilledWhileWritesAreLost } from './worker-killed-while-writes-are-lost.ts'
import { workersKilledAgainAndAgain } from './workers-killed-again-and-again.ts'
import { workersKilledWhileStoreAway } from './workers-killed-while-store-away.ts'
import { workersRestarted } from './workers-restarted.ts'

/** Every trigger of the simulation. The honest service stands all of them. */
export const triggers: readonly Trigger[] = [
  answersLost,
  apisKilled,
  apisRestarted,
  apisRestartedWhileBrokerSlow,
  autoscalerKilled,
  badCanaryUnderSpike,
  badRequestsFlood,
  bindingRemoved,
  brokerAwayAndBack,
  brokerLinkCut,
  brokerLinksFlap,
  brokerLinkStalls,
  brokerLinkStallsOnce,
  brokerLinkSwallows,
  brokerOverloaded,
  brokerRestartsWithFullQueue,
  brokerThinForLargeOrders,
  burstIntoFullQueue,
  calm,
  confirmsLost,
  deadLettersAway,
  doubleClicks,
  hotKeySpike,
  largeOrders,
  lateRepeats,
  lookUpsSlowForTheImpatient,
  manyOrders,
  metricsAwayWhileScaled,
  noisyNeighbour,
  oneApiCutOff,
  ordersReadWhileTheyChange,
  overload,
  partitionsSwarm,
  partitionsWorkerWithoutStore,
  partitionsWorkersKilled,
  queueFull,
  releaseUnderSpike,
  sagaAnswersLost,
  sagaClockSkewed,
  sagaSwarm,
  sagaWorkerKilledBetweenSteps,
  scaleInWhileBusy,
  spikeFromCalm,
  squareWaves,
  storeAway,
  storeAwayForThoseWhoAskOnce,
  storeBrownOut,
  storeRefuses,
  storeSlowWhileScaled,
  storeWriteTimeouts,
  swarm,
  versionsSideBySide,
  workerKilledWhileStoreSlow,
  workerKilledWhileWritesAreLost,
  workersKilledAgainAndAgain,
  workersKilledWhileStoreAway,
  workersRestarted,
]
