/** As many times as are kept exactly. Above, windows that lie within one bucket count as seen by nobody. */
const exactMax = 65_536

/** A bucket is as wide as it must be for all times to fit into so many: 1 ms for the first 17 minutes. */
const bucketsMax = 1_048_576

/**
 * Answers "was anything invoked between these two times?" for windows that become known only at the end, in
 * memory that does not grow with the history: the least and the greatest time of each bucket.
 */
export class InvokeTimes {
  #exact: number[] = []
  #widthMs = 1
  #least: Float64Array | undefined
  #greatest = new Float64Array(0)
  /** The least and the greatest time of the bucket that was noted last: between them nothing is news. */
  #seenFromMs = Number.POSITIVE_INFINITY
  #seenToMs = Number.NEGATIVE_INFINITY

  note(timeMs: number): void {
    if (timeMs >= this.#seenFromMs && timeMs <= this.#seenToMs) return
    if (this.#least === undefined) {
      this.#exact.push(timeMs)
      if (this.#exact.length > exactMax) this.#intoBuckets()
    } else {
      const bucket = Math.floor(timeMs / this.#widthMs)
      if (bucket >= this.#greatest.length) this.#grow(timeMs)
      this.#put(Math.floor(timeMs / this.#widthMs), timeMs, timeMs)
    }
  }

  /** Both ends belong to the window. */
  hasBetween(fromMs: number, toMs: number): boolean {
    if (this.#least === undefined) return this.#exact.some((timeMs) => timeMs >= fromMs && timeMs <= toMs)
    const last = Math.min(this.#greatest.length - 1, Math.floor(toMs / this.#widthMs))
    for (let bucket = Math.floor(fromMs / this.#widthMs); bucket <= last; bucket += 1) {
      const least = this.#least[bucket] as number
      const greatest = this.#greatest[bucket] as number
      if ((least >= fromMs && least <= toMs) || (greatest >= fromMs && greatest <= toMs)) return true
    }
    return false
  }

  #intoBuckets(): void {
    const times = this.#exact
    this.#exact = []
    this.#allocate(1_024)
    for (const timeMs of times) this.note(timeMs)
  }

  #allocate(buckets: number): void {
    this.#least = new Float64Array(buckets).fill(Number.POSITIVE_INFINITY)
    this.#greatest = new Float64Array(buckets).fill(Number.NEGATIVE_INFINITY)
  }

  /** Makes room for a time: first more buckets, then wider ones. */
  #grow(timeMs: number): void {
    const least = this.#least as Float64Array
    const greatest = this.#greatest
    const widthBefore = this.#widthMs
    while (timeMs / this.#widthMs >= bucketsMax) this.#widthMs *= 2
    const needed = Math.floor(timeMs / this.#widthMs) + 1
    this.#allocate(
      Math.min(bucketsMax, Math.max(needed, this.#widthMs === widthBefore ? least.length * 2 : 1_024)),
    )
    for (const [bucket, first] of least.entries()) {
      if (first === Number.POSITIVE_INFINITY) continue
      this.#put(Math.floor((bucket * widthBefore) / this.#widthMs), first, greatest[bucket] as number)
    }
  }

  #put(bucket: number, leastMs: number, greatestMs: number): void {
    const least = this.#least as Float64Array
    if (leastMs < (least[bucket] as number)) least[bucket] = leastMs
    if (greatestMs > (this.#greatest[bucket] as number)) this.#greatest[bucket] = greatestMs
    this.#seenFromMs = least[bucket] as number
    this.#seenToMs = this.#greatest[bucket] as number
  }
}
