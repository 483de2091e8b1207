import { createHash } from 'node:crypto'
import type { TimedLine } from '../chaos/history/line.ts'
import { type IntendedStarts, intendedStarts } from './intended-starts.ts'
import { arrivalDraws, arrivalOf } from './k6/arrival-kind.ts'
import { flagsOf, toldMark } from './k6/attempt-text.ts'
import { seedOf } from './k6/chance.ts'
import { clientOf, customerOf, processOf } from './k6/client-of.ts'
import { type LoadConfig, marks } from './k6/config.ts'
import { payloadOf } from './k6/payload.ts'
import { packedLine, readTold, type ToldAttempt, type ToldAttempts } from './told-attempts.ts'

/** Reads what the load generator prints, line by line, and hands on what belongs into the history. */
export interface K6OutputInProgress {
  line(text: string): void
  /**
   * After the process ended, however it did, at a time since the run began. Arrivals that were due and never told how
   * they ended may have been sent: each is handed on as an attempt whose end nobody knows.
   */
  end(endedMs: number): K6OutputEnd
}

export interface K6OutputEnd {
  readonly dropped: number
  readonly cut: number
  /** k6's own summary; undefined where it was killed before it gave one. */
  readonly summary: unknown
}

/**
 * k6 numbers the iterations that it starts, not the arrivals that were due, and it waits a moment between its
 * scenario's start and the profile's time zero. So the intended start that a virtual user writes is right only until
 * something is dropped, and a little early. Both are put right here, once a tick says how many were dropped until when.
 */
export function beginK6Output(
  config: LoadConfig,
  see: (line: TimedLine | string) => void,
): K6OutputInProgress {
  const starts = intendedStarts(config.profile)
  const told = new Set<number>()
  let waiting: { readonly line: string | ToldAttempts; readonly atMs: number }[] = []
  let early: ToldAttempts[] | undefined = []
  let summary: unknown

  const attempts = (line: ToldAttempts) => {
    const { intendedMs, invokeMs } = firstOf(line)
    told.add(starts.indexOf(intendedMs))
    starts.start(intendedMs, invokeMs)
    waiting.push({ line, atMs: invokeMs })
  }

  // The first iteration says when the load began, but on a busy machine the second one may be heard first.
  const begin = (scenarioStartMs: number) => {
    starts.begin(scenarioStartMs)
    for (const line of early ?? []) attempts(line)
    early = undefined
  }

  const handOn = (everything: boolean) => {
    const late: typeof waiting = []
    for (const each of waiting) {
      if (!everything && !starts.isSettled(each.atMs)) late.push(each)
      else see(typeof each.line === 'string' ? each.line : corrected(each.line, starts))
    }
    waiting = late
  }

  const jsonLine = (text: string) => {
    const line = parsed(text)
    // Torn off by a kill: whoever writes such lines sends only after one was written whole.
    if (line === undefined) return
    if (line.kind === marks.started) begin(Number(line.timeMs))
    // What one client did stays in its order, whichever form it has.
    else if (line.kind === 'op') waiting.push({ line: text, atMs: Number(line.timeMs) })
    else see(text)
  }

  return {
    line(text) {
      if (text.startsWith(toldMark)) {
        const line = readTold(text)
        // Torn off by a kill: it has not told how it ended.
        if (line === undefined) return
        if (early === undefined) attempts(line)
        else early.push(line)
      } else if (text.startsWith(marks.tick)) {
        const tick = parsed(text.slice(marks.tick.length))
        if (tick !== undefined) starts.tick(Number(tick.timeMs), Number(tick.count))
        handOn(false)
      } else if (text.startsWith(marks.summary)) summary = parsed(text.slice(marks.summary.length))
      else if (text.startsWith('{')) jsonLine(text)
    },
    end(endedMs) {
      for (const line of early ?? []) see(packedLine(line))
      const untold = droppedInAll(summary) - starts.dropped()
      if (untold > 0) {
        see({ kind: 'dropped', timeMs: endedMs, count: untold })
        starts.tick(endedMs, starts.dropped() + untold)
      }
      handOn(true)
      const due = early === undefined ? starts.dueBy(endedMs) : []
      const cut = due.filter((index) => !told.has(index))
      for (const index of cut) see(cutLine(config, index, starts.dueMs(index), endedMs))
      return { dropped: starts.dropped(), cut: cut.length, summary }
    },
  }
}

/** What k6's summary says, which counts what came after the last tick too; 0 without one. */
function droppedInAll(summary: unknown): number {
  const { metrics } = (summary ?? {}) as {
    metrics?: { dropped_iterations?: { values?: { count?: number } } }
  }
  return metrics?.dropped_iterations?.values?.count ?? 0
}

function parsed(
  text: string,
): { readonly kind?: unknown; readonly timeMs?: unknown; readonly count?: unknown } | undefined {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const firstOf = ({ attempts }: ToldAttempts) => attempts[0] as ToldAttempt

/** All attempts of an arrival have its intended start. */
function corrected(line: ToldAttempts, starts: IntendedStarts): string {
  const first = firstOf(line)
  const intendedMs = starts.intendedMs(first.intendedMs, first.invokeMs)
  return packedLine({ ...line, attempts: line.attempts.map((attempt) => ({ ...attempt, intendedMs })) })
}

/** A submit of the order that this arrival was about, whose end nobody knows; its process is one of its own. */
function cutLine(config: LoadConfig, index: number, intendedMs: number, endedMs: number): string {
  const seed = seedOf(config.seed)
  const { subject, subjectKind, firstAttempt } = arrivalOf(arrivalDraws(seed, config.profile.mix), index)
  const payload = payloadOf(seed, subject, subjectKind, {
    customer: customerOf(seed, subject, config.profile.mix),
  })
  const attempt: ToldAttempt = {
    n: subject,
    action: 'submit',
    attempt: firstAttempt,
    flags: flagsOf(subjectKind),
    digest: createHash('sha256').update(payload).digest('hex').slice(0, 8),
    intendedMs,
    invokeMs: intendedMs,
    completionMs: Math.max(endedMs, intendedMs),
    outcome: 'info',
    status: 0,
    error: 'cut at the end of the run',
  }
  const process = processOf(clientOf(seed, subject, config.profile.mix), 'cut')
  return packedLine({ process, attempts: [attempt] })
}
