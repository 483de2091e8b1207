import type { TimedLine } from '../../chaos/history/line.ts'
import { drawOver, eraseLines, type LiveTitle, liveLines, plainLine } from '../render/live-terminal.ts'
import { LiveState } from './live-state.ts'

export interface LiveViewOptions extends LiveTitle {
  /** Writes as it is, without a newline of its own. */
  write(text: string): void
  /** True: lines that overwrite themselves twice a second. False: one plain line now and then. */
  readonly isTerminal: boolean
  readonly color: boolean
  columns(): number
  /** Milliseconds since the run began. */
  elapsedMs(): number
}

export interface LiveView extends Disposable {
  see(line: TimedLine | string): void
  /** A line of progress: above the live lines, not through them. */
  say(text: string): void
}

const everyMsOnTerminal = 500
const everyMsElsewhere = 10_000

/**
 * Shows what a run is doing while it goes. It only looks: nothing that it does can change a verdict. Its timer keeps
 * no process alive; disposing it takes the lines away again.
 */
export function openLiveView(options: LiveViewOptions): LiveView {
  const state = new LiveState()
  const { write, isTerminal } = options
  let drawn = 0
  let isStarted = false
  const erase = () => {
    if (drawn > 0) write(eraseLines(drawn))
    drawn = 0
  }
  const draw = () => {
    if (!isStarted) return
    const snapshot = state.snapshot(options.elapsedMs())
    if (!isTerminal) return write(`${plainLine(options, snapshot)}\n`)
    const lines = liveLines(options, snapshot, { columns: options.columns(), color: options.color })
    write(drawOver(drawn, lines))
    drawn = lines.length
  }
  const timer = setInterval(draw, isTerminal ? everyMsOnTerminal : everyMsElsewhere)
  timer.unref()
  return {
    see(line) {
      isStarted = true
      state.see(line)
    },
    say(text) {
      erase()
      write(`${text}\n`)
    },
    [Symbol.dispose]() {
      clearInterval(timer)
      erase()
    },
  }
}
