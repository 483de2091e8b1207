import { inspectOwn } from './docker-engine.ts'
import type { Feeling } from './fault.ts'
import type { ContainerTarget } from './target.ts'

// 2 s: long enough for a busy service to greet, short enough for several looks at a fault of five seconds.
export const answerWithinMs = 2_000

/** Felt if the container has ended, by the Engine's record, and its service greets nobody. */
export async function lookAtDown(target: ContainerTarget, runId: string): Promise<Feeling> {
  const { State } = await inspectOwn(target.docker, target.containerId, runId)
  if (State.Running) {
    return { felt: false, evidence: `${target.name} runs since ${State.StartedAt}` }
  }
  const answers = await target.answers(answerWithinMs)
  return {
    felt: !answers,
    evidence:
      `${target.name} ended with exit code ${State.ExitCode} at ${State.FinishedAt} (started ${State.StartedAt})` +
      `${State.OOMKilled ? ', out of memory' : ''}; a greeting gets ${answers ? 'an answer' : 'no answer'}`,
  }
}
