import type { LoadProfile } from '../profiles/load-profile.ts'

/** What the load generator is told; written by `load-config.ts` as JSON and read once by every virtual user. */
export interface LoadConfig {
  readonly profile: LoadProfile
  readonly runId: string
  readonly seed: string
  /** Ids and idempotency keys are this, followed by the number of the iteration. */
  readonly ledgerPrefix: string
  /** When the run began, ms since 1970. */
  readonly runStartedEpochMs: number
  /** Base addresses of the API; the client alternates between them. */
  readonly apiUrls: readonly string[]
  readonly vus: number
  /** After this time from its start a client gives its order up. */
  readonly patienceMs: number
  /** False only to measure what the ledger costs. */
  readonly ledger: boolean
  /**
   * Not the profile's arrivals but so many clients, each of which sends its next order as soon as it has its answer:
   * the closed model, which says how fast it can go, and nothing about a spike.
   */
  readonly closedClients?: number
  /** Nothing is sent before this answers with 200; nothing is waited for where it is left out. */
  readonly gateUrl?: string
}

/**
 * What the generator prints beside history. `started` is the kind of a JSON line whose `timeMs` is the profile's time zero;
 * the others begin a line and are followed by JSON: arrivals dropped so far, and k6's own summary.
 */
export const marks = { started: 'load-started', tick: '#dropped-so-far ', summary: '#summary ' } as const

/** Where k6 answers about itself, inside its container only. */
export const k6Address = '127.0.0.1:6565'
