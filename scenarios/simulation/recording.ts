import {
  type HistoryLine,
  historyFormat,
  historyVersion,
  type Phase,
  type TimedLine,
} from '../../chaos/history/line.ts'
import { beginningMs } from './virtual-globals.ts'
import type { VirtualTime } from './virtual-time.ts'

/** A line without its time, which is always now. */
export type Untimed<Line> = Line extends TimedLine ? Omit<Line, 'timeMs'> : never

/** The history of a simulated run: what was seen, stamped with virtual time to the microsecond. */
export class Recording {
  readonly lines: HistoryLine[] = []
  readonly #time: VirtualTime
  readonly #log: (text: string) => void

  constructor(
    time: VirtualTime,
    log: (text: string) => void,
    run: { experiment: string; seed: string; faults: readonly string[] },
  ) {
    this.#time = time
    this.#log = log
    this.lines.push({
      kind: 'run',
      format: historyFormat,
      version: historyVersion,
      runId: `simulated-${run.experiment}-${run.seed}`,
      experiment: run.experiment,
      seed: run.seed,
      startedAt: new Date(beginningMs).toISOString(),
      plan: { faults: run.faults, places: ['store', 'dead-letter', 'queue'] },
    })
  }

  see(line: Untimed<TimedLine>): void {
    this.lines.push({ ...line, timeMs: Math.round(this.#time.nowMs() * 1_000) / 1_000 } as TimedLine)
    this.#log(`history ${JSON.stringify(line)}`)
  }

  phase(phase: Phase): void {
    this.see({ kind: 'phase', phase })
  }
}
