import { randomBytes } from 'node:crypto'

/** Four hex digits for a run without a seed of its own; it is printed, and the replay line has it. */
export function freshSeed(): string {
  return randomBytes(2).toString('hex')
}
