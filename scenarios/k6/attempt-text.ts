import type { Outcome } from './outcome.ts'

/**
 * The ledger as a virtual user writes it, one line for each arrival, at its end:
 *
 *     @told PROCESS ATTEMPT;ATTEMPT;.
 *
 * An attempt is `n,action,expect,digest,intended,attempt,invoke,completion,outcome,status,error`, times in ms since the run
 * began. It is plain text, put together and not encoded, since k6 interprets this code: packing and encoding one attempt
 * here took ten times as long as its text. The harness packs what it reads (`scenarios/told-attempts.ts`).
 *
 * A line that does not end in `;.` was torn off, and tells nothing.
 */
export const toldMark = '@told '

/** What all attempts of an arrival share. `digest` is empty for a read. */
export function arrivalText(
  n: number,
  action: 'submit' | 'get',
  expectDeadLetter: boolean,
  digest: string,
  intendedMs: number,
): string {
  return `${n},${action},${expectDeadLetter ? 1 : 0},${digest},${intendedMs}`
}

export function attemptText(
  arrival: string,
  attempt: number,
  invokeMs: number,
  completionMs: number,
  { type, status, error }: Outcome,
): string {
  return `${arrival},${attempt},${invokeMs},${completionMs},${type},${status},${error};`
}

export function toldLine(process: string, attempts: string): string {
  return `${toldMark}${process} ${attempts}.`
}
