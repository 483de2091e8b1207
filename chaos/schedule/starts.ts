import { formatDuration } from '../kernel/duration.ts'
import type { Random } from '../kernel/random.ts'
import { didYouMean, type KnownLoad } from './known.ts'
import type { FaultPlan, ScheduledFault, When } from './schedule.ts'

type Start = ScheduledFault['start']

/**
 * When a planned fault starts, from the start of the load: once, or once a turn. Jitter is drawn a turn, from zero up
 * to its bound. A fault must end while there is still load, else nothing shows that the system came back.
 */
export function startsOf(
  plan: FaultPlan,
  load: KnownLoad,
  random: Random,
  note: (problem: string) => void,
): Start[] {
  const starts = allStarts(plan.when, load, random, note)
  const latest = Math.max(0, ...starts.map((start) => ('atMs' in start ? start.atMs : start.deadlineMs)))
  if (latest + plan.forMs > load.durationMs) {
    note(
      `would end ${formatDuration(latest + plan.forMs)} after the start of the load, which lasts ` +
        formatDuration(load.durationMs),
    )
  }
  return starts
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
