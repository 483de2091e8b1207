import type { Verdict } from '../../chaos/kernel/verdict.ts'

/** What the live page is told, one event of server-sent events each; nothing of it is markup. */
export interface LiveMessage {
  readonly phase: string
  readonly seconds: number
  /** The same rows as on the terminal. */
  readonly rows: readonly (readonly [string, string])[]
  /** The newest point of each line of the page's charts; null where there is none. */
  readonly points: Readonly<Record<LivePoint, number | null>>
}

/** Orders a second, but for the response time (ms) and the backlog (orders). */
export const livePoints = ['asked', 'accepted', 'shed', 'responseMsP99', 'backlog'] as const
export type LivePoint = (typeof livePoints)[number]

/** The last event: what the run came to. */
export interface LiveEnd {
  readonly verdict: Verdict
  readonly sentence: string
  /** Where the report lies. */
  readonly report: string
}
