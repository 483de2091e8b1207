import type { JourneyMix } from '../profiles/load-profile.ts'
import { draw, purposes } from './chance.ts'

export const arrivalKinds = ['order', 'repeat', 'poison', 'invalid', 'large', 'conflict', 'read'] as const
export type ArrivalKind = (typeof arrivalKinds)[number]

/** What arrival `n` is to do. */
export interface Arrival {
  readonly n: number
  readonly kind: ArrivalKind
  /** The order that it is about: its own number, or the earlier one that it repeats. */
  readonly subject: number
  /** What the subject is: `repeat` is never one. */
  readonly subjectKind: Exclude<ArrivalKind, 'repeat'>
  /** Attempts on the subject are numbered from here, so that no two arrivals share a number. */
  readonly firstAttempt: number
}

/**
 * How far back a repeat looks: its neighbour (both are on their way at once), a moment ago, and long stored.
 * One distance, one repeat: since an order is repeated at most once from each, its attempts can be numbered without
 * any memory that virtual users would have to share.
 */
export const repeatLags = [1, 97, 2_503] as const
export const attemptsPerArrivalMax = 50

/** What is drawn from for every arrival, worked out once: the client asks a thousand times a second. */
export interface ArrivalDraws {
  readonly seed: number
  /** Upper ends of the kinds' parts of the unit interval; what is above the last one is an order. */
  readonly ends: readonly number[]
}

const drawnKinds = ['repeat', 'poison', 'invalid', 'large', 'conflict', 'read'] as const

export function arrivalDraws(seed: number, mix: JourneyMix): ArrivalDraws {
  const shares = [
    mix.repeatShare,
    mix.poisonShare,
    mix.invalidShare,
    mix.largeShare,
    mix.conflictShare,
    mix.readShare,
  ]
  let end = 0
  const ends = shares.map((share) => {
    end += share
    return end
  })
  return { seed, ends }
}

/** What arrival `n` does; the same for everyone who asks with the same seed. */
export function arrivalOf(draws: ArrivalDraws, n: number): Arrival {
  const kind = drawnKind(draws, n)
  if (kind !== 'repeat') return { n, kind, subject: n, subjectKind: kind, firstAttempt: 1 }
  const series = Math.floor(draw(draws.seed, n, purposes.lag) * repeatLags.length)
  const subject = n - (repeatLags[series] as number)
  const subjectKind = subject < 0 ? 'repeat' : drawnKind(draws, subject)
  if (!isRepeatable(subjectKind)) {
    return { n, kind: 'order', subject: n, subjectKind: 'order', firstAttempt: 1 }
  }
  return { n, kind, subject, subjectKind, firstAttempt: 1 + attemptsPerArrivalMax * (series + 1) }
}

function isRepeatable(kind: ArrivalKind): kind is 'order' | 'poison' | 'large' {
  return kind === 'order' || kind === 'poison' || kind === 'large'
}

function drawnKind({ seed, ends }: ArrivalDraws, n: number): ArrivalKind {
  const drawn = draw(seed, n, purposes.kind)
  for (let index = 0; index < drawnKinds.length; index += 1) {
    if (drawn < (ends[index] as number)) return drawnKinds[index] as ArrivalKind
  }
  return 'order'
}
