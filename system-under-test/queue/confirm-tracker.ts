import type { PublishOutcome } from './order-queue.ts'

const confirmed: PublishOutcome = { kind: 'confirmed' }
const unroutable: PublishOutcome = { kind: 'refused', cause: 'unroutable' }

interface Pending {
  readonly messageId: string
  readonly deadlineMs: number
  readonly settle: (outcome: PublishOutcome) => void
  returned: boolean
}

/**
 * Which confirm belongs to which publish, on one channel. Confirms come in any order, one by one or many at once;
 * what could not be routed is first returned and then confirmed all the same.
 */
export class ConfirmTracker {
  /** By their tags, which only grow: the oldest comes first. */
  readonly #pending = new Map<number, Pending>()
  #lastTag = 0

  get size(): number {
    return this.#pending.size
  }

  /** Call once for each publish that the channel took, in order. */
  expect(messageId: string, deadlineMs: number, settle: (outcome: PublishOutcome) => void): void {
    this.#lastTag += 1
    this.#pending.set(this.#lastTag, { messageId, deadlineMs, settle, returned: false })
  }

  returned(messageId: string): void {
    // Rare, so looked for: a second map would be kept up to date for every publish.
    for (const pending of this.#pending.values()) if (pending.messageId === messageId) pending.returned = true
  }

  acked(tag: number, multiple: boolean): void {
    for (const [each, { returned }] of this.#upTo(tag, multiple)) {
      this.#settle(each, returned ? unroutable : confirmed)
    }
  }

  /** A quorum queue refuses before it takes anything in: what is refused will never be delivered. */
  nacked(tag: number, multiple: boolean): void {
    for (const [each] of this.#upTo(tag, multiple)) this.#settle(each, { kind: 'refused', cause: 'full' })
  }

  expire(nowMs: number): void {
    for (const [tag, { deadlineMs }] of [...this.#pending]) {
      if (deadlineMs <= nowMs) this.#settle(tag, { kind: 'unsure', cause: 'confirm is late' })
    }
  }

  /** The channel is gone: nobody will ever say what became of these. */
  abandon(): void {
    for (const tag of [...this.#pending.keys()])
      this.#settle(tag, { kind: 'unsure', cause: 'channel closed' })
  }

  /** The earliest deadline of those that wait; undefined if none does. */
  nextDeadlineMs(): number | undefined {
    let earliest: number | undefined
    for (const { deadlineMs } of this.#pending.values()) {
      if (earliest === undefined || deadlineMs < earliest) earliest = deadlineMs
    }
    return earliest
  }

  #upTo(tag: number, multiple: boolean): [number, Pending][] {
    if (multiple) return this.#allUpTo(tag)
    const pending = this.#pending.get(tag)
    return pending === undefined ? [] : [[tag, pending]]
  }

  #allUpTo(tag: number): [number, Pending][] {
    const upTo: [number, Pending][] = []
    for (const entry of this.#pending) {
      if (entry[0] > tag) break
      upTo.push(entry)
    }
    return upTo
  }

  #settle(tag: number, outcome: PublishOutcome): void {
    const pending = this.#pending.get(tag)
    if (pending === undefined) return
    this.#pending.delete(tag)
    pending.settle(outcome)
  }
}
