import { randomFillSync } from 'node:crypto'

/** Chance, handed in: jitter and the identities of effects come from it, and from nowhere else. */
export interface Random {
  /** A fraction, 0 ≤ x < 1. */
  next(): number
}

const word = new Uint32Array(1)

export const realRandom: Random = {
  next: () => (randomFillSync(word)[0] as number) / 2 ** 32,
}
