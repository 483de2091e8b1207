import type { PublishOutcome } from './order-queue.ts'

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
  readonly #pending = new Map<number, Pending>()
  readonly #tags = new Map<string, number>()
  #lastTag = 0

  get size(): number {
    return this.#pending.size
  }

  /** Call once for each publish that the channel took, in order. */
  expect(messageId: string, deadlineMs: number, settle: (outcome: PublishOutcome) => void): void {
    this.#lastTag += 1
    this.#pending.set(this.#lastTag, { messageId, deadlineMs, settle, returned: false })
    this.#tags.set(messageId, this.#lastTag)
  }

  returned(messageId: string): void {
    const pending = this.#pending.get(this.#tags.get(messageId) ?? 0)
    if (pending !== undefined) pending.returned = true
  }

  acked(tag: number, multiple: boolean): void {
    for (const [each, { returned }] of this.#upTo(tag, multiple)) {
      this.#settle(each, returned ? { kind: 'refused', cause: 'unroutable' } : { kind: 'confirmed' })
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
    if (multiple) return [...this.#pending].filter(([each]) => each <= tag)
    const pending = this.#pending.get(tag)
    return pending === undefined ? [] : [[tag, pending]]
  }

  #settle(tag: number, outcome: PublishOutcome): void {
    const pending = this.#pending.get(tag)
    if (pending === undefined) return
    this.#pending.delete(tag)
    this.#tags.delete(pending.messageId)
    pending.settle(outcome)
  }
}
