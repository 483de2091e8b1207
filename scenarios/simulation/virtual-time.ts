/** A planned action that can be called off. */
export interface Planned {
  cancel(): void
}

interface Entry {
  readonly atMs: number
  readonly order: number
  readonly action: () => void
  cancelled: boolean
}

/**
 * Time that moves only when it is told to. Actions run one at a time, by their time and then in the order in which
 * they were planned; between two of them every promise that can settle has settled. So one seed gives one run.
 */
export interface VirtualTime {
  nowMs(): number
  /** Plans `action` for `delayMs` from now; negative and broken delays count as 0. */
  after(delayMs: number, action: () => void): Planned
  sleep(ms: number): Promise<void>
  /** Plays all that is planned up to `untilMs`, or until `isDone` holds. Returns how many actions were played. */
  play(untilMs: number, isDone?: () => boolean): Promise<number>
}

export function createVirtualTime(): VirtualTime {
  const heap: Entry[] = []
  let nowMs = 0
  let orders = 0
  const time: VirtualTime = {
    nowMs: () => nowMs,
    after(delayMs, action) {
      const entry: Entry = {
        atMs: nowMs + (delayMs > 0 ? delayMs : 0),
        order: orders++,
        action,
        cancelled: false,
      }
      push(heap, entry)
      return {
        cancel() {
          entry.cancelled = true
        },
      }
    },
    sleep: (ms) => new Promise((resolve) => time.after(ms, resolve)),
    async play(untilMs, isDone = () => false) {
      let played = 0
      await everythingSettled()
      for (let next = heap[0]; next !== undefined && next.atMs <= untilMs && !isDone(); next = heap[0]) {
        pop(heap)
        if (next.cancelled) continue
        nowMs = next.atMs
        next.action()
        played += 1
        await everythingSettled()
      }
      nowMs = isDone() ? nowMs : Math.max(nowMs, untilMs)
      return played
    },
  }
  return time
}

/** A turn of the real event loop comes only after all microtasks and ticks that were waiting. */
function everythingSettled(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve)
  })
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.atMs < other.atMs || (one.atMs === other.atMs && one.order < other.order)
}

function push(heap: Entry[], entry: Entry): void {
  let at = heap.push(entry) - 1
  while (at > 0) {
    const parent = (at - 1) >> 1
    if (!isBefore(entry, heap[parent] as Entry)) break
    heap[at] = heap[parent] as Entry
    at = parent
  }
  heap[at] = entry
}

function pop(heap: Entry[]): void {
  const last = heap.pop() as Entry
  if (heap.length === 0) return
  let at = 0
  while (true) {
    let child = 2 * at + 1
    if (child >= heap.length) break
    if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1
    if (!isBefore(heap[child] as Entry, last)) break
    heap[at] = heap[child] as Entry
    at = child
  }
  heap[at] = last
}
