import { reachCommand, reachOf } from '../probes/reach.ts'
import { choosePeers } from './choose-peers.ts'
import type { FaultContext, Feeling } from './fault.ts'
import { commandsOf } from './host-command.ts'
import { looksInARow } from './link-looks.ts'
import { inNetns } from './netns.ts'
import { pidOf } from './rules-body.ts'
import type { ContainerTarget } from './target.ts'

/** How long an exchange of two packets with a peer takes, from inside the target and from this machine. */
export async function exchangeTimes(
  target: ContainerTarget,
  { context, signal }: { readonly context: FaultContext; readonly signal: AbortSignal },
): Promise<readonly { readonly insideMs: number; readonly controlMs: number }[]> {
  const [peer] = await choosePeers(target, undefined)
  if (peer === undefined) return []
  const pid = await pidOf(target, context)
  const run = commandsOf(context)
  const timed = async (argv: readonly string[]) => {
    const startedMs = context.clock.nowMs()
    const { found } = reachOf(await run(argv, { signal }))
    return found === 'path' ? context.clock.nowMs() - startedMs : Number.NaN
  }
  const times: { insideMs: number; controlMs: number }[] = []
  while (times.length < looksInARow) {
    const controlMs = await timed(reachCommand(peer[1]))
    times.push({ controlMs, insideMs: await timed(inNetns(pid, reachCommand(peer[1]))) })
  }
  return times
}

/** Felt if the fastest of three exchanges takes the delay, and half of it more than the fastest of the control. */
export function feelDelay(
  times: readonly { readonly insideMs: number; readonly controlMs: number }[],
  delayMs: number,
): Feeling {
  const insideMs = Math.min(...times.map((time) => time.insideMs))
  const controlMs = Math.min(...times.map((time) => time.controlMs))
  return {
    felt: times.length > 0 && insideMs >= delayMs * 0.9 && insideMs - controlMs >= delayMs / 2,
    evidence:
      `the fastest of ${times.length} exchanges took ${Math.round(insideMs)} ms from inside and ` +
      `${Math.round(controlMs)} ms from this machine; ${delayMs} ms were to be added`,
  }
}
