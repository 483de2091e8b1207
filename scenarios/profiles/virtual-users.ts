import type { LoadProfile } from './load-profile.ts'
import { patienceMsOf } from './mix.ts'

/** What a user's iteration takes when all is well: some tens of ms, and a margin for the first seconds. */
const calmIterationMs = 200
/** The smallest pool: even a slow trickle meets a service that hangs. */
const vusMin = 20
/**
 * One lives in about half a megabyte of k6's memory: so many are a quarter of what the whole topology may take. Beyond
 * them arrivals are dropped, and counted. At 1,000 arrivals a second each has 1.5 s: a fault that makes every client wait
 * longer than that for its answer has to be shorter than the share of dropped arrivals that an experiment allows.
 */
export const vusMax = 1_500

/**
 * How many virtual users the load needs, by Little's law: arrivals a second × seconds of an iteration. The iteration is
 * taken to last as long as a client's patience, since that is what a fault that spares nobody makes of it, up to `vusMax`.
 */
export function vusFor(profile: LoadProfile): number {
  const peak = peakPerSecond(profile)
  const needed = Math.ceil((peak * Math.max(calmIterationMs, patienceMsOf(profile.mix))) / 1_000)
  return Math.min(vusMax, Math.max(vusMin, needed))
}

/** The highest rate of the profile; stages are linear, so that it is at an end of one. */
export function peakPerSecond(profile: LoadProfile): number {
  return Math.max(profile.startPerSecond, ...profile.stages.map((stage) => stage.targetPerSecond))
}
