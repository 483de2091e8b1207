import type { Trigger } from '../trigger.ts'

export const calm: Trigger = {
  name: 'calm',
  description: 'no fault: only what clients do by themselves, repeats and double clicks included',
  faults: () => [],
}
