import { createHash } from 'node:crypto'
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus'

/** Chance, handed in: the same seed gives the same numbers on every machine and Node version. */
export interface Random {
  /** A fraction, 0 ≤ x < 1, with 32 bits of chance. */
  next(): number
  /** A whole number between both bounds, which are included. */
  integer(min: number, max: number): number
  pick<T>(list: readonly T[]): T
  shuffle<T>(list: readonly T[]): T[]
  /** A stream of its own: drawing from it does not move this one. */
  fork(label: string): Random
}

/** Chance from any text. */
export function randomFrom(seed: string): Random {
  const digest = createHash('sha256').update(seed).digest()
  const generator = xoroshiro128plus(digest.readInt32LE(0))
  const next = () => (generator.next() >>> 0) / 2 ** 32
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1))
  return {
    next,
    integer,
    pick(list) {
      if (list.length === 0) throw new RangeError('cannot pick from an empty list')
      return list[integer(0, list.length - 1)] as (typeof list)[number]
    },
    shuffle(list) {
      const copy = [...list]
      for (let last = copy.length - 1; last > 0; last -= 1) {
        const other = integer(0, last)
        ;[copy[last], copy[other]] = [
          copy[other] as (typeof copy)[number],
          copy[last] as (typeof copy)[number],
        ]
      }
      return copy
    },
    fork: (label) => randomFrom(`${seed}/${label}`),
  }
}
