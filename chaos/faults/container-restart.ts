import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { startLog } from './start-log.ts'

/** Stopped and started again at once, in one breath; the heal only makes sure that it runs. */
export const containerRestart = defineFaultKind({
  kind: 'container-restart',
  how: 'Docker API `restart`',
  victimFeels: 'as stop, then back',
  proof: "`StartedAt` in the Engine's record is another than before, and the container runs",
  needs: ['killable'],
  targetKind: 'container',
  options: z.strictObject({ graceS: z.number().int().min(0).max(300).default(10) }),
  body(target, { graceS }, { runId }) {
    const starts = startLog(target.docker, runId, async () => [target.containerId])
    return {
      sentence: `${target.name} is restarted, with ${graceS} s to finish`,
      async undoSteps() {
        await starts.remember()
        return [{ do: 'container-start', containerId: target.containerId }]
      },
      inject: () => target.docker.getContainer(target.containerId).restart({ t: graceS }),
      look: () => starts.look(),
      // From now on this start is the usual one.
      afterHeal: () => starts.remember(),
    }
  },
})
