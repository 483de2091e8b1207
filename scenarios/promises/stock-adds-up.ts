import type { Checker, CheckInProgress } from '../../chaos/checkers/checker.ts'
import type { HistoryLine } from '../../chaos/history/line.ts'

/** What a final read says of the stock, beside the orders: pieces that are ordered and held, and orders whose pieces differ. */
export const stockReadings = ['pieces-ordered', 'pieces-held', 'orders-astray'] as const

/**
 * An order of two steps is whole or undone: what is put aside at the end is exactly what the orders that are done ask for.
 * Without a look at the stock, or without one ordered piece, there is nothing to judge.
 */
export const stockAddsUp: Checker = {
  name: 'stock-adds-up',
  promise: 'has exactly the pieces put aside that the orders which are done ask for',
  begin: () => new Stock(),
}

class Stock implements CheckInProgress {
  readonly #last: Partial<Record<string, number>> = {}

  see(line: HistoryLine): void {
    if (line.kind !== 'observation') return
    if ((stockReadings as readonly string[]).includes(line.name)) this.#last[line.name] = line.value
  }

  end() {
    const { 'pieces-ordered': ordered = 0, 'pieces-held': held = 0, 'orders-astray': astray } = this.#last
    const counts = { ordered, held, astray: astray ?? 0 }
    if (astray === undefined || ordered === 0) {
      const reasons = ['nobody looked at the stock, or no piece was ordered']
      return { verdict: 'unknown' as const, examined: 0, counts, examples: [], reasons }
    }
    const isWhole = astray === 0 && ordered === held
    const reason = `${ordered} pieces are ordered and ${held} are put aside: ${astray} orders have more or fewer than they ask for`
    return {
      verdict: isWhole ? ('pass' as const) : ('fail' as const),
      examined: ordered,
      counts,
      examples: [],
      reasons: isWhole ? [] : [reason],
    }
  }
}
