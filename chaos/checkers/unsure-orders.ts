import { type Account, isAnywhere } from './account.ts'

/**
 * An order whose end nobody knows and that is where it belongs, once and unharmed. `isBroken` says whether it is
 * in one of the failing classes.
 */
export function isRecovered(account: Account, isBroken: (account: Account) => boolean): boolean {
  const { end, expect, inStore, inDeadLetters, inQueue } = account
  const onlyExpected = expect === 'store' ? inStore && !inDeadLetters : inDeadLetters && !inStore
  return end === 'info' && onlyExpected && !inQueue && !isBroken(account)
}

/** An order whose end nobody knows and that is in no place, as far as absence can be seen. */
export function isIndeterminate(account: Account, allPlacesRead: boolean): boolean {
  return account.end === 'info' && allPlacesRead && !isAnywhere(account)
}
