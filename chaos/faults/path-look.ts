import { type Reach, reachCommand, reachOf } from '../probes/reach.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { commandsOf } from './host-command.ts'
import { looksInARow } from './link-looks.ts'
import { inNetns } from './netns.ts'
import { pidOf } from './rules-body.ts'
import type { ContainerTarget } from './target.ts'

interface PathOptions {
  readonly context: FaultContext
  readonly signal: AbortSignal
}

/**
 * Felt if, three times in a row, no packet passes between the target and any of the addresses, though each of them
 * answers this machine. Looked at from inside the target's network namespace, past its service.
 */
export async function lookForNoPath(
  target: ContainerTarget,
  peers: ReadonlyMap<string, string>,
  { context, signal }: PathOptions,
): Promise<Feeling> {
  if (peers.size === 0) return { felt: false, evidence: `${target.name} has no peer to look at` }
  const pid = await pidOf(target, context)
  const run = commandsOf(context)
  const reach = async (argv: readonly string[]) => reachOf(await run(argv, { signal }))
  let evidence = ''
  for (let look = 0; look < looksInARow; look += 1) {
    const seen = await Promise.all(
      [...peers].map(async ([name, address]) => ({
        name,
        target: await reach(inNetns(pid, reachCommand(address))),
        control: await reach(reachCommand(address)),
      })),
    )
    evidence = seen.map((pair) => inWords(target.name, pair)).join('; ')
    const cut = seen.every((pair) => pair.target.found === 'silence' && pair.control.found === 'path')
    if (!cut) return { felt: false, evidence }
  }
  return { felt: true, evidence: `${looksInARow} looks in a row: ${evidence}` }
}

function inWords(target: string, seen: { name: string; target: Reach; control: Reach }): string {
  return `${target} to ${seen.name}: ${seen.target.detail}; this machine to ${seen.name}: ${seen.control.detail}`
}
