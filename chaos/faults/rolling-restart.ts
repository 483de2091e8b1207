import type Dockerode from 'dockerode'
import { z } from 'zod'
import { waitUntil } from '../kernel/wait-until.ts'
import { defineFaultKind } from './define-fault.ts'
import { inspectOwn, membersOfRole } from './docker-engine.ts'
import type { FaultContext } from './fault.ts'
import { startLog } from './start-log.ts'

/** Every member of the target's role is restarted, one after the other, the next only when the last one runs. */
export const rollingRestart = defineFaultKind({
  kind: 'rolling-restart',
  how: "Docker API `restart`, for each container of the target's role in turn",
  victimFeels: 'one member after the other stops and comes back',
  proof: "`StartedAt` in the Engine's record is another than before, for each member",
  needs: ['killable'],
  targetKind: 'container',
  options: z.strictObject({
    graceS: z.number().int().min(0).max(300).default(10),
    /** Between one member's return and the next one's stop. */
    restMs: z.number().int().min(0).max(60_000).default(1_000),
  }),
  body(target, { graceS, restMs }, context) {
    const { docker } = target
    const members = () => membersOfRole(docker, context.runId, target)
    const starts = startLog(docker, context.runId, members)
    return {
      sentence: `every ${target.role} is restarted in turn, each with ${graceS} s to finish`,
      async undoSteps() {
        await starts.remember()
        return (await members()).map((containerId) => ({ do: 'container-start', containerId }) as const)
      },
      async inject(signal) {
        for (const id of await members()) {
          signal.throwIfAborted()
          await docker.getContainer(id).restart({ t: graceS })
          await untilUp(docker, id, context, signal)
          await context.clock.sleep(restMs, signal)
        }
      },
      look: () => starts.look(),
      afterHeal: () => starts.remember(),
    }
  },
})

/** Up is healthy where the container has a health check, and running where it has none. */
async function untilUp(docker: Dockerode, id: string, context: FaultContext, signal: AbortSignal) {
  const isUp = async () => {
    const { State } = await inspectOwn(docker, id, context.runId)
    return State.Running && (State.Health === undefined || State.Health.Status === 'healthy')
  }
  const what = `${id.slice(0, 12)} to be up again`
  await waitUntil(isUp, { clock: context.clock, what, deadlineMs: 120_000, signal })
}
