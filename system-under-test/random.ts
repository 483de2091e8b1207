import { randomFillSync } from 'node:crypto'

/** Chance, handed in: jitter and the identities of effects come from it, and from nowhere else. */
export interface Random {
  /** A fraction, 0 ≤ x < 1. */
  next(): number
}

/** A draw of its own for each number would cost more than what the number is for. */
const words = new Uint32Array(1_024)
let used = words.length

export const realRandom: Random = {
  next() {
    if (used === words.length) {
      randomFillSync(words)
      used = 0
    }
    const word = words[used] as number
    used += 1
    return word / 2 ** 32
  },
}
