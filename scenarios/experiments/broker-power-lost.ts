import { alsoMay, brokerAwayAlerts } from '../../ci/alert-budget.ts'
import { refusedMeanwhileObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: as when the broker is killed. What it confirmed had been fsynced, so all of it is there. */
export const brokerPowerLost = event({
  name: 'broker-power-lost',
  question: 'Do confirmed orders survive a power failure of the broker, which takes what was not fsynced?',
  faults: [
    // Orders wait in the queue when it happens: what nobody has taken yet is what a broker can lose.
    {
      kind: 'connection-cut',
      target: { role: 'worker->store', choose: 'all' },
      when: { phase: 'hold', offsetMs: 2_000 },
      forMs: 3_500,
    },
    {
      kind: 'power-lost',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 4_000 },
      forMs: 2_500,
    },
  ],
  atOnceMax: 3,
  alerts: alsoMay(brokerAwayAlerts(6_000), 'StoreAway', 'workers are cut off from it at first, for 4 s'),
  objectives: refusedMeanwhileObjectives,
  peakPerSecond: 100,
})
