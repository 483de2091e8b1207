import { waitUntil } from '../kernel/wait-until.ts'
import { inspectOwn } from './docker-engine.ts'
import type { FaultContext } from './fault.ts'
import type { ContainerTarget } from './target.ts'

// 5 s: a container that was started a moment ago cannot be frozen or signalled for some tens of milliseconds here.
const insistForMs = 5_000

type State = Awaited<ReturnType<typeof inspectOwn>>['State']

/**
 * Asks the Engine again, within a deadline, for what it refused because the container is only just coming up. Ends
 * without asking where `isDone` says so. A container of another run, or none, is refused at once;
 * HARNESS_DEADLINE_PASSED carries the Engine's last words.
 */
export async function insist(
  target: ContainerTarget,
  { clock, runId }: FaultContext,
  signal: AbortSignal,
  own: { readonly what: string; isDone(state: State): boolean; ask(): Promise<unknown> },
): Promise<void> {
  await inspectOwn(target.docker, target.containerId, runId)
  const attempt = async () => {
    const { State } = await inspectOwn(target.docker, target.containerId, runId)
    if (!own.isDone(State)) await own.ask()
    return true
  }
  await waitUntil(attempt, {
    clock,
    what: `${target.name} to be ${own.what}`,
    deadlineMs: insistForMs,
    signal,
    hint: '`docker ps -a` says what became of the container; its log is in the run record',
  })
}
