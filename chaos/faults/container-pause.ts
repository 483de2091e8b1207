import { z } from 'zod'
import { answerWithinMs } from './container-looks.ts'
import { defineFaultKind } from './define-fault.ts'
import { inspectOwn } from './docker-engine.ts'
import { insist } from './insist.ts'

/** Every process of the container is frozen: nothing answers, nothing is closed, and its clock jumps at the heal. */
export const containerPause = defineFaultKind({
  kind: 'container-pause',
  how: "Docker API `pause` (the kernel's freezer)",
  victimFeels: 'silence; connections stay open',
  proof: "the Engine's record says paused, and a greeting gets no answer in time",
  needs: ['pausable'],
  targetKind: 'container',
  options: z.strictObject({}),
  body: (target, _options, context) => ({
    sentence: `${target.name} is frozen`,
    undoSteps: async () => [{ do: 'container-unpause', containerId: target.containerId }],
    inject: (signal) =>
      insist(target, context, signal, {
        what: 'frozen',
        isDone: ({ Paused }) => Paused,
        ask: () => target.docker.getContainer(target.containerId).pause(),
      }),
    async look() {
      const { State } = await inspectOwn(target.docker, target.containerId, context.runId)
      if (!State.Paused) return { felt: false, evidence: `${target.name} is ${State.Status}, not paused` }
      const answers = await target.answers(answerWithinMs)
      const greeting = answers ? 'is answered' : `got no answer within ${answerWithinMs} ms`
      return { felt: !answers, evidence: `${target.name} is paused; a greeting ${greeting}` }
    },
  }),
})
