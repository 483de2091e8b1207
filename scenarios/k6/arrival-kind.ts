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

/** Draws the kind of arrival `n`; the same for everyone who asks with the same seed. */
export function arrivalOf(seed: number, n: number, mix: JourneyMix): Arrival {
  const kind = drawnKind(seed, n, mix)
  if (kind !== 'repeat') return { n, kind, subject: n, subjectKind: kind, firstAttempt: 1 }
  const series = Math.floor(draw(seed, n, purposes.lag) * repeatLags.length)
  const subject = n - (repeatLags[series] as number)
  const subjectKind = subject < 0 ? 'repeat' : drawnKind(seed, subject, mix)
  if (!isRepeatable(subjectKind)) {
    return { n, kind: 'order', subject: n, subjectKind: 'order', firstAttempt: 1 }
  }
  return { n, kind, subject, subjectKind, firstAttempt: 1 + attemptsPerArrivalMax * (series + 1) }
}

function isRepeatable(kind: ArrivalKind): kind is 'order' | 'poison' | 'large' {
  return kind === 'order' || kind === 'poison' || kind === 'large'
}

function drawnKind(seed: number, n: number, mix: JourneyMix): ArrivalKind {
  const shares: readonly (readonly [ArrivalKind, number])[] = [
    ['repeat', mix.repeatShare],
    ['poison', mix.poisonShare],
    ['invalid', mix.invalidShare],
    ['large', mix.largeShare],
    ['conflict', mix.conflictShare],
    ['read', mix.readShare],
  ]
  let rest = draw(seed, n, purposes.kind)
  for (const [kind, share] of shares) {
    if (rest < share) return kind
    rest -= share
  }
  return 'order'
}
