export interface RetryBudget {
  /** A first attempt was made: it earns a part of a retry. */
  earn(): void
  /** Takes one retry, if there is one. */
  spend(): boolean
}

/**
 * Retries may add at most this share to the work: with 0.1, what is down sees 1.1 times its normal load, not three
 * times. `savedMax` retries can be saved up, so that a lone failure in a quiet hour is tried again.
 * Source: Google SRE book, "Handling Overload", per-client retry budget.
 */
export function createRetryBudget(share: number, savedMax: number): RetryBudget {
  let saved = savedMax
  return {
    earn() {
      saved = Math.min(savedMax, saved + share)
    },
    spend() {
      if (saved < 1) return false
      saved -= 1
      return true
    },
  }
}
