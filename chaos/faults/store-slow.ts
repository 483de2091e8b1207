import { z } from 'zod'
import { defineFaultKind } from './define-fault.ts'
import { inspectOwn } from './docker-engine.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { loop } from './loop.ts'
import type { ContainerTarget } from './target.ts'

/** The store stops for a moment again and again, as in long garbage collections: it works, late. */
export const storeSlow = defineFaultKind({
  kind: 'store-slow',
  how: 'Docker API `pause` and `unpause` in turns',
  victimFeels: 'answers of the store come in bursts, late',
  proof: "the Engine's record says paused and running in turns",
  needs: ['store', 'pausable'],
  targetKind: 'container',
  options: z.strictObject({
    pauseMs: z.number().int().min(50).max(10_000).default(300),
    runMs: z.number().int().min(50).max(10_000).default(300),
  }),
  body(target, { pauseMs, runMs }, context) {
    const container = target.docker.getContainer(target.containerId)
    const freezing = loop(context.clock, async (sleep) => {
      await container.pause()
      await sleep(pauseMs)
      await container.unpause()
      await sleep(runMs)
    })
    return {
      sentence: `${target.name} stands still for ${pauseMs} ms and works for ${runMs} ms, in turns`,
      undoSteps: async () => [{ do: 'container-unpause', containerId: target.containerId }],
      async inject() {
        await inspectOwn(target.docker, target.containerId, context.runId)
        freezing.start()
      },
      look: (signal) => lookForTurns(target, 2 * (pauseMs + runMs), context, signal),
      beforeHeal: () => freezing.stop(),
    }
  },
})

// Once is a pause, twice is slowness.
const changesMin = 2

async function lookForTurns(
  target: ContainerTarget,
  forMs: number,
  { clock, runId }: FaultContext,
  signal: AbortSignal,
): Promise<Feeling> {
  const startedMs = clock.nowMs()
  let looks = 0
  let changes = 0
  let before: boolean | undefined
  while (changes < changesMin && clock.nowMs() - startedMs < forMs) {
    const { Paused } = (await inspectOwn(target.docker, target.containerId, runId)).State
    if (before !== undefined && Paused !== before) changes += 1
    before = Paused
    looks += 1
    await clock.sleep(20, signal)
  }
  return {
    felt: changes >= changesMin,
    evidence: `in ${looks} looks ${target.name} changed ${changes} times between standing still and working`,
  }
}
