import { defineExperiment } from '../../chaos/define-experiment.ts'
import { faultKinds } from '../../chaos/faults/list.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { playRun } from '../play/play-run.ts'
import { planRun } from '../play/run-plan.ts'
import { tinyLoad, tinySystem } from './tiny-system.ts'

const experiment = defineExperiment({
  name: 'tiny',
  question: 'Is anything left when the harness is killed?',
  load: tinyLoad,
  faults: [
    { kind: 'container-pause', target: { name: 'echo-1' }, when: { atMs: 300 }, forMs: 1_500 },
    { kind: 'container-kill', target: { name: 'echo-2' }, when: { atMs: 1_000 }, forMs: 1_500 },
    { kind: 'cpu-limit', target: { name: 'echo-2' }, when: { atMs: 2_700 }, forMs: 1_000 },
  ],
  blastRadius: { targets: ['echo'], atOnceMax: 2, totalMsMax: 4_000 },
  convergeWithinMs: 30_000,
})

/**
 * One whole run of the tiny system, to be killed by its parent at any instant. Ends with the run's exit code. Runs side
 * by side need seeds of their own: a run is named by the second of its start and its seed.
 */
export async function tinyHarness(image: string, reportsRoot: string, seed: string): Promise<number> {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.on(signal, () => interrupted.abort(new Error(signal)))
  process.stdout.write('begun\n')
  const system = tinySystem(image)
  const { targets } = system
  const played = await playRun({
    plan: planRun({ experiment, seed, faults: true, targets, kinds: faultKinds }),
    system,
    commit: 'unknown',
    replay: 'node ci/kill-soak.ts',
    reportsRoot,
    signal: interrupted.signal,
    progress: () => undefined,
  })
  return played.exitCode ?? exitCodes.internal.code
}
