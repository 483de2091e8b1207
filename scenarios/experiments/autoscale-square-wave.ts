import { defineExperiment } from '../../chaos/define-experiment.ts'
import { alertPlan, nobodyIsWoken } from '../../ci/alert-budget.ts'
import { autoscaleObjectives, enoughWorkers } from '../../ci/autoscale-budget.ts'
import { squareWave } from '../profiles/square-wave.ts'
import { autoscaledLoad } from './autoscaled.ts'

const wave = squareWave({ lowPerSecond: 20, highPerSecond: 120, lowMs: 9_000, highMs: 11_000, periods: 3 })

export const autoscaleSquareWave = defineExperiment({
  name: 'autoscale-square-wave',
  question: 'Does the number of workers swing with a load that is high and low in turn?',
  // Longer than a lull: whom the next wave needs must not be sent home in it.
  load: autoscaledLoad(wave, { SCALE_DOWN_WINDOW_MS: '25000' }),
  alerts: alertPlan(nobodyIsWoken),
  objectives: [...autoscaleObjectives, enoughWorkers(5, 'high')],
})
