import { formatDuration } from '../kernel/duration.ts'
import type { Random } from '../kernel/random.ts'
import { didYouMean, type KnownLoad } from './known.ts'
import type { FaultPlan, ScheduledFault, When } from './schedule.ts'

type Start = ScheduledFault['start']

/**
 * When a planned fault starts, from the start of the load: once, or once a turn. Jitter is drawn a turn, from zero up
 * to its bound. A fault must end while there is still load, else nothing shows that the system came back. What is
 * refused does not depend on what was drawn: a plan is good for every seed or for none.
 */
export function startsOf(
  plan: FaultPlan,
  load: KnownLoad,
  random: Random,
  note: (problem: string) => void,
): Start[] {
  const starts = allStarts(plan.when, load, random, note)
  if (starts.length === 0) return []
  const latestMs = latestStartMs(plan.when, starts) + plan.forMs
  if (latestMs > load.durationMs) {
    note(
      `would end ${formatDuration(latestMs)} after the start of the load, which lasts ${formatDuration(load.durationMs)}`,
    )
  }
  if ('everyMs' in plan.when && plan.when.times > 1 && plan.forMs + plan.when.jitterMs > plan.when.everyMs) {
    note(
      `lasts ${formatDuration(plan.forMs)}, and with its jitter of ${formatDuration(plan.when.jitterMs)} could meet ` +
        `its next turn, ${formatDuration(plan.when.everyMs)} later`,
    )
  }
  return starts
}

function latestStartMs(when: When, starts: readonly Start[]): number {
  if ('everyMs' in when) return when.fromMs + (when.times - 1) * when.everyMs + when.jitterMs
  return Math.max(...starts.map((start) => ('atMs' in start ? start.atMs : start.deadlineMs)))
}

function allStarts(when: When, load: KnownLoad, random: Random, note: (problem: string) => void): Start[] {
  if ('atMs' in when) return [{ atMs: when.atMs }]
  if ('condition' in when) return [{ condition: when.condition, deadlineMs: when.deadlineMs }]
  if ('phase' in when) return inPhase(when, load, note)
  return Array.from({ length: when.times }, (_, turn) => ({
    atMs: when.fromMs + turn * when.everyMs + random.integer(0, Math.floor(when.jitterMs)),
  }))
}

function inPhase(
  when: Extract<When, { phase: string }>,
  load: KnownLoad,
  note: (problem: string) => void,
): Start[] {
  const phase = load.phases.find(({ name }) => name === when.phase)
  if (phase === undefined) {
    const known = load.phases.map(({ name }) => name)
    note(`the load has no phase ${when.phase}${didYouMean(when.phase, known)}`)
    return []
  }
  const lengthMs = phase.toMs - phase.fromMs
  if (when.offsetMs >= lengthMs) {
    note(
      `starts ${formatDuration(when.offsetMs)} into the phase ${phase.name}, which lasts ${formatDuration(lengthMs)}`,
    )
  }
  return [{ atMs: phase.fromMs + when.offsetMs }]
}
