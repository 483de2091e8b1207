import { historyInvalid } from '../history/history-invalid.ts'
import type { Account } from './account.ts'
import { OrderBooks } from './books/order-books.ts'
import { type Tally, tallyOf } from './books/tally.ts'
import type { Checker, CheckResult } from './checker.ts'
import type { FailingClass } from './result.ts'

/** One class of broken orders: which accounts are in it, and which had to be looked at to say so. */
export interface OrderClass {
  readonly orderClass: FailingClass
  readonly name: string
  readonly promise: string
  /** `allPlacesRead` says whether an id that is in no place is truly absent. */
  applies(account: Account, allPlacesRead: boolean): boolean
  /** The accounts that could have broken the promise. With none of them nothing was examined. */
  isEvidence(account: Account): boolean
  /** "3 orders are …", for as many as there are; only called for one or more. */
  reasons(count: number, tally: Tally): readonly string[]
}

/** A checker of accounts: shares one pass over the history with all others in the judge, and also works alone. */
export interface ClassChecker extends Checker, OrderClass {
  judge(tally: Tally): CheckResult
}

export function classChecker(orderClass: OrderClass): ClassChecker {
  const judge = (tally: Tally) => judgeClass(orderClass, tally)
  return { ...orderClass, judge, begin: () => beginAlone(judge) }
}

/** "1 order is", "2 orders are". */
export function ordersAre(count: number, adjective = ''): string {
  const word = adjective === '' ? '' : `${adjective} `
  return count === 1 ? `1 ${word}order is` : `${count} ${word}orders are`
}

function judgeClass(orderClass: OrderClass, tally: Tally): CheckResult {
  const isBroken = (account: Account) => orderClass.applies(account, tally.allPlacesRead)
  const count = tally.count(isBroken)
  const examined = tally.count(orderClass.isEvidence)
  const base = { examined, counts: { [orderClass.orderClass]: count } }
  if (count > 0)
    return {
      ...base,
      verdict: 'fail',
      examples: tally.examples(isBroken),
      reasons: orderClass.reasons(count, tally),
    }
  const reasons = [...noEvidence(examined), ...notRead(tally)]
  return { ...base, verdict: reasons.length === 0 ? 'pass' : 'unknown', examples: [], reasons }
}

function noEvidence(examined: number): readonly string[] {
  return examined === 0 ? ['there is no order that it could be seen on'] : []
}

function notRead(tally: Tally): readonly string[] {
  return tally.allPlacesRead ? [] : ['not every planned place was read to its end']
}

function beginAlone(judge: (tally: Tally) => CheckResult) {
  let line = 0
  const books = new OrderBooks((expected) => {
    throw historyInvalid(undefined, line, expected)
  })
  return {
    see(seen: Parameters<OrderBooks['see']>[0]) {
      line += 1
      books.see(seen)
    },
    end() {
      books.endFile()
      return judge(tallyOf(books))
    },
  }
}
