import type { LoadPhase, LoadTimeline } from '../../chaos/system.ts'
import { arrivalsOf } from './arrivals.ts'
import type { LoadProfile } from './load-profile.ts'

/** What the harness knows of a load before it is played: its phases, and the arrivals between any two times. */
export function timelineOf(profile: LoadProfile): LoadTimeline {
  const arrivals = arrivalsOf(profile)
  return {
    description: profile.description,
    durationMs: arrivals.durationMs,
    phases: phasesOf(profile),
    arrivalsBetween: (fromMs, toMs) => Math.max(0, arrivals.integral(toMs) - arrivals.integral(fromMs)),
  }
}

/** Neighbouring stages of one name are one phase: a smooth rise is compiled into many stages. A jump is none. */
function phasesOf(profile: LoadProfile): readonly LoadPhase[] {
  const phases: { name: string; fromMs: number; toMs: number }[] = []
  let startMs = 0
  for (const stage of profile.stages) {
    const endMs = startMs + stage.durationMs
    const last = phases.at(-1)
    if (last?.name === stage.phase) last.toMs = endMs
    else phases.push({ name: stage.phase, fromMs: startMs, toMs: endMs })
    startMs = endMs
  }
  return phases.filter((phase) => phase.toMs > phase.fromMs)
}
