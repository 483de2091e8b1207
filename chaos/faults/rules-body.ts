import type { FaultBody } from './define-fault.ts'
import { inspectOwn } from './docker-engine.ts'
import type { FaultContext } from './fault.ts'
import { commandsOf } from './host-command.ts'
import { addRules, processOf } from './netns.ts'
import type { ContainerTarget } from './target.ts'

/** A rule is a chain and what follows it: `['INPUT', '-s', '172.18.0.3', '-j', 'DROP']`. */
export type Rule = readonly string[]

/** The part that all faults made of firewall rules share. The comment is what the heal finds them by. */
export function rulesBody(
  target: ContainerTarget,
  context: FaultContext,
  own: Pick<FaultBody, 'sentence' | 'look'> & { rules(): Promise<readonly Rule[]> },
): FaultBody {
  const { containerId } = target
  const comment = `seawall-${context.runId}-${context.id}`
  return {
    sentence: own.sentence,
    look: own.look,
    undoSteps: async () => [{ do: 'rules-remove', containerId, comment }],
    async inject() {
      const pid = await pidOf(target, context)
      await addRules(pid, await own.rules(), comment, commandsOf(context))
    },
  }
}

/** The process whose network namespace is the container's; throws if it does not run. */
export async function pidOf(target: ContainerTarget, context: FaultContext): Promise<number> {
  const info = await inspectOwn(target.docker, target.containerId, context.runId)
  if (!info.State.Running) throw new Error(`${target.name} does not run, so it has no network namespace`)
  return processOf(info, commandsOf(context))
}

/** All packets but those of the container with itself, which go through loopback. */
export const notLoopback = { INPUT: ['!', '-i', 'lo'], OUTPUT: ['!', '-o', 'lo'] } as const
