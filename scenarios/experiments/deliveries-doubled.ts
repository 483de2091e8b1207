import { nobodyIsWoken } from '../../ci/alert-budget.ts'
import { behindTheQueueObjectives } from '../../ci/budgets.ts'
import { event } from './event.ts'

/** Allowed meanwhile: nothing that anybody outside could see. */
export const deliveriesDoubled = event({
  name: 'deliveries-doubled',
  question: 'Is an order carried out twice when the broker delivers every message twice?',
  faults: [
    {
      kind: 'deliveries-doubled',
      target: { name: 'broker' },
      when: { phase: 'hold', offsetMs: 3_000 },
      forMs: 8_000,
    },
  ],
  alerts: nobodyIsWoken,
  objectives: behindTheQueueObjectives,
})
