/**
 * The ledger: a history whose `op` and `read` lines may be packed. It is the same file, line by line; beside JSON
 * lines (which begin with `{`) it has batches, one a line:
 *
 *     @ops PROCESS BASE64      fixed-size records of attempts, one record = invoke and its completion
 *     @reads BASE64            fixed-size records of the final read of the store
 *
 * Ids are dense numbers: the id of number n is the `ledgerPrefix` of the `run` line followed by n in decimal.
 * All numbers are little-endian. Times are in units of 10 µs since the run began. Digests are the first eight
 * hex digits of the SHA-256 of the payload's UTF-8 bytes, as a u32.
 *
 *     attempt record, 28 bytes                        read record, 12 bytes
 *      0 u32 n                                         0 u32 n
 *      4 u8  outcome: 0 none, 1 ok, 2 fail, 3 info     4 u32 digest
 *      5 u8  flags: 1 = expected in the dead letters,  8 u32 identity of the effect, 0 = none
 *                   2 = wrong on purpose               (an order with two effects has two records in a row
 *      6 u8  attempt, from 1                            with the same n: one read line, two effects)
 *      7 u8  action: 0 submit, 1 get
 *      8 u32 digest (0 for get)
 *     12 u32 intended start
 *     16 u32 invoke
 *     20 u32 completion (0 where outcome is none)
 *     24 u16 status (0 = none: no answer came)
 *     26 u16 error: index into `ledgerErrors`
 *
 * The identity of an effect that came packed is its number in eight hex digits.
 */
export const attemptBytes = 28
export const readBytes = 12

/** Of an attempt: none, or one of the two. */
export const ledgerFlags = { deadLetterExpected: 1, invalid: 2 } as const

export const ledgerOutcomes = ['none', 'ok', 'fail', 'info'] as const
export const ledgerActions = ['submit', 'get'] as const

/** Why an attempt had no usable answer, in words that every load generator can tell apart. */
export const ledgerErrors = [
  '',
  'timeout',
  'connection reset',
  'connection refused',
  'name not found',
  'cut at the end of the run',
  'other',
] as const
