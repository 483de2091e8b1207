import type { FaultBody } from './define-fault.ts'
import type { FaultContext } from './fault.ts'
import { commandsOf } from './host-command.ts'
import { inNetns, must } from './netns.ts'
import { pidOf } from './rules-body.ts'
import type { ContainerTarget } from './target.ts'

// A container of one network has one interface, and the Engine calls it this.
const device = 'eth0'

/** The part that both faults of the kernel's network emulator share: a root qdisc on what the target sends. */
export function netemBody(
  target: ContainerTarget,
  context: FaultContext,
  own: Pick<FaultBody, 'sentence' | 'look'> & { readonly netem: readonly string[] },
): FaultBody {
  return {
    sentence: own.sentence,
    look: own.look,
    undoSteps: async () => [{ do: 'qdisc-remove', containerId: target.containerId, device }],
    async inject() {
      const pid = await pidOf(target, context)
      const qdisc = ['tc', 'qdisc', 'add', 'dev', device, 'root', 'netem', ...own.netem]
      await must(commandsOf(context), inNetns(pid, qdisc))
    },
  }
}
