import type { Destination } from '../history/line.ts'

/** How an id ended, by all its submits: ok if any ended ok, else info if any may have, else fail. */
export type End = 'never-invoked' | 'ok' | 'info' | 'fail'

/** All that the classes ask of one id, when the history is over. */
export interface Account {
  readonly end: End
  /** Where it is expected; the store for an id that was never invoked. */
  readonly expect: Destination
  readonly inStore: boolean
  readonly inDeadLetters: boolean
  readonly inQueue: boolean
  /** `read` lines of the store; 2 stands for two or more. */
  readonly storeLines: 0 | 1 | 2
  /** Entries in the lists of effects, over all its lines of the store; 2 stands for two or more. */
  readonly effects: 0 | 1 | 2
  /** In some place with a digest that no invoke of this id carried. False for an id that was never invoked. */
  readonly digestUnknown: boolean
}

export function isAnywhere(account: Account): boolean {
  return account.inStore || account.inDeadLetters || account.inQueue
}

/** It happened, or may have: the system is allowed to remember it. */
export function mayHaveHappened(account: Account): boolean {
  return account.end === 'ok' || account.end === 'info'
}
