import type { LoadProfile } from './load-profile.ts'

/** One linear piece with everything that the arithmetic needs, in seconds and arrivals. */
interface Piece {
  readonly startS: number
  readonly durationS: number
  readonly fromPerSecond: number
  readonly toPerSecond: number
  readonly arrivalsBefore: number
  readonly arrivals: number
}

/**
 * The arrivals of a profile, exactly: the n-th arrival (from 1) is where the integral of the rate reaches n.
 * It is the same arithmetic as in k6's ramping-arrival-rate (lib/executor/ramping_arrival_rate.go, `cal`), so that the
 * intended start of every iteration is known without asking k6.
 */
export interface Arrivals {
  readonly durationMs: number
  /** Whole arrivals of the load. */
  readonly count: number
  /** Arrivals a second at a time; at a jump, the rate after it. */
  ratePerSecond(atMs: number): number
  /** The integral of the rate from the start, a fraction; it does not grow after the end. */
  integral(untilMs: number): number
  /** When arrival number `index` (from 0) is due, ms from the start of the load; undefined where there is none. */
  timeMs(index: number): number | undefined
}

export function arrivalsOf(profile: LoadProfile): Arrivals {
  const pieces = piecesOf(profile)
  const last = pieces.at(-1)
  const durationMs = last === undefined ? 0 : (last.startS + last.durationS) * 1_000
  const total = last === undefined ? 0 : last.arrivalsBefore + last.arrivals
  return {
    durationMs,
    // A sum of fractions that should be whole can come out a hair below: 37_999.999999 is 38_000.
    count: Math.floor(total + 1e-6),
    ratePerSecond: (atMs) => rateAt(pieces, atMs / 1_000),
    integral: (untilMs) => integralAt(pieces, untilMs / 1_000),
    timeMs: (index) => timeOf(pieces, index + 1),
  }
}

/** Every arrival of the load in order, ms from its start. */
export function arrivalTimesMs(profile: LoadProfile): Float64Array {
  const arrivals = arrivalsOf(profile)
  const times = new Float64Array(arrivals.count)
  for (let index = 0; index < arrivals.count; index += 1) times[index] = arrivals.timeMs(index) ?? 0
  return times
}

function piecesOf(profile: LoadProfile): readonly Piece[] {
  const pieces: Piece[] = []
  let startS = 0
  let arrivalsBefore = 0
  let fromPerSecond = profile.startPerSecond
  for (const stage of profile.stages) {
    const durationS = stage.durationMs / 1_000
    const toPerSecond = stage.targetPerSecond
    const arrivals = (durationS * (fromPerSecond + toPerSecond)) / 2
    pieces.push({ startS, durationS, fromPerSecond, toPerSecond, arrivalsBefore, arrivals })
    startS += durationS
    arrivalsBefore += arrivals
    fromPerSecond = toPerSecond
  }
  return pieces
}

function rateAt(pieces: readonly Piece[], atS: number): number {
  const piece = pieces.findLast((each) => each.startS <= atS && each.durationS > 0)
  if (piece === undefined || atS > piece.startS + piece.durationS) return 0
  const share = (atS - piece.startS) / piece.durationS
  return piece.fromPerSecond + (piece.toPerSecond - piece.fromPerSecond) * share
}

function integralAt(pieces: readonly Piece[], untilS: number): number {
  if (untilS <= 0) return 0
  const piece = pieces.findLast((each) => each.startS < untilS)
  if (piece === undefined) return 0
  if (piece.durationS === 0) return piece.arrivalsBefore
  const passedS = Math.min(untilS - piece.startS, piece.durationS)
  const slope = (piece.toPerSecond - piece.fromPerSecond) / piece.durationS
  return piece.arrivalsBefore + piece.fromPerSecond * passedS + (slope * passedS * passedS) / 2
}

function timeOf(pieces: readonly Piece[], nth: number): number | undefined {
  const piece = pieceOfArrival(pieces, nth)
  if (piece === undefined) return undefined
  const wanted = Math.min(nth - piece.arrivalsBefore, piece.arrivals)
  const slope = (piece.toPerSecond - piece.fromPerSecond) / piece.durationS
  const from = piece.fromPerSecond
  // The stable root of from·t + slope·t²/2 = wanted: no difference of nearly equal numbers, and right for slope 0.
  const root = Math.sqrt(Math.max(0, from * from + 2 * slope * wanted))
  return (piece.startS + (2 * wanted) / (from + root)) * 1_000
}

/** The first piece at whose end at least `nth` arrivals have come; found by halving: profiles may have many pieces. */
function pieceOfArrival(pieces: readonly Piece[], nth: number): Piece | undefined {
  let low = 0
  let high = pieces.length
  while (low < high) {
    const middle = (low + high) >> 1
    const piece = pieces[middle] as Piece
    if (piece.arrivalsBefore + piece.arrivals + 1e-6 >= nth) high = middle
    else low = middle + 1
  }
  return pieces[low]
}
