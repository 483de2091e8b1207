import type { Figure } from '../figure.ts'

/** Orders (or what stands for one) a second. */
export interface Round {
  readonly rawHttp: number
  readonly rawConfirm: number
  readonly rawWrite: number
  readonly accepted: number
  readonly stored: number
  /** Of those that were still to be stored when the last one was accepted: nobody sends meanwhile. */
  readonly drained: number
  readonly forgotten: number
  /** As `stored`, and of each customer in its order; only where all share the processors. */
  readonly storedInOrder?: number
}

export interface Rounds {
  /** All share the processors: what an order costs of them counts, whoever it is. */
  readonly together: readonly Round[]
  /** Each has its own, alone as with the others: the slowest is what counts. */
  readonly apart: readonly Round[]
}

/**
 * The figures with limits are of rounds in which each part has processors of its own, and the same ones alone and with
 * the others: what the service loses against its slowest part is then its own doing. Where all share the processors, each
 * part alone has them all, and an order needs its parts one after the other: a service that adds nothing to them, and makes
 * none of them cheaper, would accept 1 / (1 / HTTP + 1 / confirm) a second. Beyond 1 it would make them cheaper.
 */
export function figuresOf({ together, apart }: Rounds): readonly Figure[] {
  return [...figuresApart(apart), ...figuresTogether(together)]
}

function figuresApart(rounds: readonly Round[]): readonly Figure[] {
  const ratio = (of: (round: Round) => number) => median(rounds.map(of))
  return [
    {
      name: 'accepted / the slower of HTTP alone and a confirm alone',
      value: ratio(({ accepted, rawHttp, rawConfirm }) => accepted / Math.min(rawHttp, rawConfirm)),
      unit: '×',
      atLeast: 0.75,
    },
    {
      name: 'stored / the slower of a confirm alone and a conditional write alone',
      value: ratio(({ stored, rawConfirm, rawWrite }) => stored / Math.min(rawConfirm, rawWrite)),
      unit: '×',
      atLeast: 0.7,
    },
    {
      name: 'accepted / fire and forget into a classic queue',
      value: ratio(({ accepted, forgotten }) => accepted / forgotten),
      unit: '×',
      atLeast: 0.7,
    },
  ]
}

function figuresTogether(rounds: readonly Round[]): readonly Figure[] {
  const figure = (name: string, why: string, of: (round: Round) => number): Figure => ({
    name: `${name}, on processors that all share`,
    value: median(rounds.map(of)),
    unit: '×',
    why,
  })
  return [
    figure(
      'accepted / the slower of HTTP alone and a confirm alone',
      'each of the two has all processors alone',
      ({ accepted, rawHttp, rawConfirm }) => accepted / Math.min(rawHttp, rawConfirm),
    ),
    figure(
      'accepted / HTTP alone and then a confirm alone',
      '1 is a service that costs nothing of its own',
      ({ accepted, rawHttp, rawConfirm }) => accepted / inTurn(rawHttp, rawConfirm),
    ),
    figure(
      'stored / the slower of a confirm alone and a conditional write alone',
      'as above',
      ({ stored, rawConfirm, rawWrite }) => stored / Math.min(rawConfirm, rawWrite),
    ),
    figure(
      'stored / HTTP alone, then a confirm alone, then a conditional write alone',
      'as above, and of the way from the queue to the store nothing is counted',
      ({ stored, rawHttp, rawConfirm, rawWrite }) => stored / inTurn(rawHttp, rawConfirm, rawWrite),
    ),
    figure(
      'accepted / fire and forget into a classic queue',
      'what the guarantees cost of the processors',
      ({ accepted, forgotten }) => accepted / forgotten,
    ),
    figure(
      'stored in the order of each customer, in eight partitions / stored in any order',
      'what that order costs',
      ({ stored, storedInOrder = Number.NaN }) => storedInOrder / stored,
    ),
  ]
}

/** How often a second can be done, one after the other, what alone can be done so often. */
function inTurn(...perSeconds: readonly number[]): number {
  return 1 / perSeconds.reduce((seconds, perSecond) => seconds + 1 / perSecond, 0)
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((one, other) => one - other)
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
}
