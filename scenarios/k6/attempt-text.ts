import type { ArrivalKind } from './arrival-kind.ts'
import type { Outcome } from './outcome.ts'

/**
 * The ledger as a virtual user writes it, one line for each arrival, at its end:
 *
 *     @told PROCESS ATTEMPT;ATTEMPT;.
 *
 * An attempt is `n,action,flags,digest,intended,attempt,invoke,completion,outcome,status,error`, times in ms since the run
 * began. It is plain text, put together and not encoded, since k6 interprets this code: packing and encoding one attempt
 * here took ten times as long as its text. The harness packs what it reads (`scenarios/told-attempts.ts`).
 *
 * A line that does not end in `;.` was torn off, and tells nothing.
 */
export const toldMark = '@told '

/** As the ledger has them: 1 = expected in the dead letters, 2 = wrong on purpose. */
export function flagsOf(kind: ArrivalKind): number {
  return kind === 'poison' ? 1 : kind === 'invalid' ? 2 : 0
}

/** What all attempts of an arrival share. `digest` is empty for a read. */
export function arrivalText(
  n: number,
  action: 'submit' | 'get',
  flags: number,
  digest: string,
  intendedMs: number,
): string {
  return `${n},${action},${flags},${digest},${intendedMs}`
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
