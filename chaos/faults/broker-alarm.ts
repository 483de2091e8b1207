import { z } from 'zod'
import { brokerBody } from './broker-body.ts'
import { defineFaultKind } from './define-fault.ts'

/** The broker believes that it is short of memory: who publishes is held, who consumes goes on. */
export const brokerAlarm = defineFaultKind({
  kind: 'broker-alarm',
  how: "the broker's own tools: its memory mark is set below its use",
  victimFeels: 'publishers are blocked, consumers go on',
  proof: "the broker's state says that an alarm is on",
  needs: ['broker'],
  targetKind: 'container',
  options: z.strictObject({}),
  body: (target) =>
    brokerBody(target, {
      sentence: `${target.name} raises its memory alarm`,
      change: (broker) => broker.raiseMemoryAlarm(),
      restore: (broker) => broker.clearMemoryAlarm(),
      feel: ({ alarm }) => ({
        felt: alarm,
        evidence: `the alarm of ${target.name} is ${alarm ? 'on' : 'off'}`,
      }),
    }),
})
