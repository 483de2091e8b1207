import { z } from 'zod'
import { lookAtDown } from './container-looks.ts'
import { defineFaultKind } from './define-fault.ts'
import { inspectOwn } from './docker-engine.ts'

/** The process is asked to end and gets its grace; what it does with it is what the experiment asks. */
export const containerStop = defineFaultKind({
  kind: 'container-stop',
  how: 'Docker API `stop`: SIGTERM, then SIGKILL after the grace; healed by `start`',
  victimFeels: 'SIGTERM, then the grace time',
  proof: "the container's exit code and end in the Engine's own record, and no answer to a greeting",
  needs: ['killable'],
  targetKind: 'container',
  instant: true,
  options: z.strictObject({ graceS: z.number().int().min(0).max(300).default(10) }),
  body: (target, { graceS }, { runId }) => ({
    sentence: `${target.name} is stopped, with ${graceS} s to finish`,
    undoSteps: async () => [{ do: 'container-start', containerId: target.containerId }],
    async inject() {
      const info = await inspectOwn(target.docker, target.containerId, runId)
      if (info.State.Running) await target.docker.getContainer(target.containerId).stop({ t: graceS })
    },
    look: () => lookAtDown(target, runId),
  }),
})
