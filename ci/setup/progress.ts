import type { Clock } from '../../chaos/kernel/clock.ts'
import { formatDuration } from '../../chaos/kernel/duration.ts'

export interface Task {
  /** What it is doing just now: shown at the next line. */
  note(detail: string): void
  /** Ends the task, with how it ended: "built", "pulled". */
  done(how: string): void
  failed(): void
}

export interface Progress {
  /** Begins a task that may take long: it is named at once, then again and again with how long so far. */
  task(what: string): Task
  say(text: string): void
}

export interface ProgressOptions {
  readonly out: (text: string) => void
  readonly clock: Clock
  /** Between two lines of one task. 15 s: short enough to see life, four lines a minute at most. */
  readonly everyMs?: number
}

/** Plain lines, for people, files and CI alike; one task a line, tasks may run side by side. */
export function plainProgress(options: ProgressOptions): Progress {
  return { say: options.out, task: (what) => startTask(what, options) }
}

function startTask(what: string, { out, clock, everyMs = 15_000 }: ProgressOptions): Task {
  const startedMs = clock.nowMs()
  const ended = new AbortController()
  let detail = ''
  const soFar = () => formatDuration(clock.nowMs() - startedMs)
  const end = (text: string) => {
    if (ended.signal.aborted) return
    ended.abort()
    out(text)
  }
  out(`${what} …`)
  void repeat(clock, everyMs, ended.signal, () => {
    out(`${what}: ${soFar()} so far${detail === '' ? '' : `, ${detail}`}`)
  })
  return {
    note: (text) => {
      detail = text
    },
    done: (how) => end(`${what}: ${how} after ${soFar()}`),
    failed: () => end(`${what}: failed after ${soFar()}`),
  }
}

async function repeat(clock: Clock, everyMs: number, signal: AbortSignal, tell: () => void): Promise<void> {
  while (!signal.aborted) {
    try {
      await clock.sleep(everyMs, signal)
    } catch {
      return
    }
    if (!signal.aborted) tell()
  }
}
