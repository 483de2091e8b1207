import type { Place } from '../../history/line.ts'
import {
  endMask,
  expectsDeadLetters,
  inDeadLetters,
  inPlacesMask,
  inQueue,
  inStoreMask,
  withStoreLine,
} from './flags.ts'
import { type Naming, nobody } from './naming.ts'
import { OtherDigests } from './other-digests.ts'
import {
  attemptBitsAt,
  attemptBitsMax,
  attemptsOf,
  bytesOf,
  countStates,
  digestAt,
  forEachIn,
  inPage,
  newPage,
  type Page,
  pageBits,
  pageSize,
  runAt,
  setDigest,
  setRun,
} from './page.ts'

export interface Invocation {
  readonly process: number
  readonly attempt: number
  readonly digest: number
  readonly expectsDeadLetters: boolean
}

export interface FoundPlace {
  readonly place: Place
  readonly digest: number
  readonly effects: number
}

export interface TableCounts {
  attempted: number
  stored: number
  deadLettered: number
  queued: number
}

/**
 * Accounts of ids that are numbered alike, seven or eight bytes each, in pages that are made when a number of
 * theirs is first named. Pure state: it knows the rules of one id and nothing of files.
 */
export class OrderTable {
  readonly #naming: Naming
  readonly #counts: TableCounts
  readonly idOf: (index: number) => string
  readonly #pages: (Page | undefined)[] = []
  readonly #others = new OtherDigests()
  readonly #rareAttempts = new Set<string>()
  readonly number: number
  /** How many ids were named here. */
  size = 0
  /** Look-ups of numbers too far off to be kept here. */
  strays = 0

  constructor(number: number, naming: Naming, counts: TableCounts, idOf: (index: number) => string) {
    this.number = number
    this.#naming = naming
    this.#counts = counts
    this.idOf = idOf
  }

  hasPage(index: number): boolean {
    return this.#pages[index >>> pageBits] !== undefined
  }

  /** Fixes the id's place in the order of first naming, where it has none. */
  name(index: number, process: number): void {
    this.#named(index, process)
  }

  /** A submit is invoked; a string is the rule that it breaks. */
  invoke(
    index: number,
    { process, attempt, digest, expectsDeadLetters: dead }: Invocation,
  ): string | undefined {
    const page = this.#named(index, process)
    const at = index & inPage
    const flags = page.flags[at] as number
    const isFirst = (flags & endMask) === 0
    if (!isFirst && ((flags & expectsDeadLetters) !== 0) !== dead)
      return `expected every invoke of ${JSON.stringify(this.idOf(index))} to have the same \`expect\``
    if (this.#hasHad(page, index, process, attempt))
      return `expected one invoke of attempt ${attempt} of ${JSON.stringify(this.idOf(index))}, got a second`
    this.#noteAttempt(page, index, process, attempt)
    if (isFirst) this.#open(page, index, digest, dead)
    else if (digestAt(page, at) !== digest) this.#others.invoked(index, digest)
    return undefined
  }

  /** True if this process has invoked this attempt of this submit before. */
  hasInvoked(index: number, process: number, attempt: number): boolean {
    const page = this.#pages[index >>> pageBits]
    return page !== undefined && this.#hasHad(page, index, process, attempt)
  }

  /** A submit ended with this rank of {@link rankOfEnd}; the greatest of an id's attempts stands. */
  end(index: number, rank: number): void {
    const page = this.#pages[index >>> pageBits] as Page
    const flags = page.flags[index & inPage] as number
    if ((flags & endMask) < rank) page.flags[index & inPage] = (flags & ~endMask) | rank
  }

  /** The id was found in a place by the final read. */
  found(index: number, { place, digest, effects }: FoundPlace): void {
    const page = this.#named(index, nobody)
    const at = index & inPage
    const flags = page.flags[at] as number
    if ((flags & (inPlacesMask | endMask)) === 0) setDigest(page, at, digest)
    else if (digestAt(page, at) !== digest) this.#others.read(index, digest)
    page.flags[at] = this.#placed(flags, place, effects)
  }

  /**
   * Enters the first attempt of an order that was never named, expected in the store, with its end. False, and
   * nothing is done, where the order is not as plain as that.
   */
  onlyAttempt(index: number, process: number, digest: number, rank: number): boolean {
    const page = this.#pages[index >>> pageBits] ?? this.#addPage(index)
    const at = index & inPage
    if (page.runs[at] !== 0 || page.attempts !== undefined) return false
    this.#name(page, index, process)
    page.digests[at] = digest
    page.flags[at] = rank
    this.#counts.attempted += 1
    return true
  }

  /** Enters the first read of an order that was invoked, with its digest and one effect; else false. */
  onlyRead(index: number, digest: number): boolean {
    const page = this.#pages[index >>> pageBits]
    if (page === undefined) return false
    const at = index & inPage
    const flags = page.flags[at] as number
    if ((flags & endMask) === 0 || (flags & inStoreMask) !== 0 || digestAt(page, at) !== digest) return false
    page.flags[at] = withStoreLine(flags, 1)
    this.#counts.stored += 1
    return true
  }

  /** Each account that was invoked or found: its flags, and its run for the order of first naming. */
  forEach(visit: (flags: number, run: number, index: number) => void): void {
    for (const [number, page] of this.#pages.entries()) {
      if (page !== undefined) forEachIn(page, (flags, run, at) => visit(flags, run, number * pageSize + at))
    }
  }

  /** Adds the number of accounts with each value of flags, but for those that were never named. */
  countInto(histogram: Float64Array): void {
    for (const page of this.#pages) if (page !== undefined) countStates(page, histogram)
  }

  /** Ids that were invoked and found with a digest that none of their invokes carried. */
  withUnknownDigest(): ReadonlyMap<number, number> {
    const unknown = new Map<number, number>()
    for (const index of this.#others.indexes()) {
      const page = this.#pages[index >>> pageBits] as Page
      const flags = page.flags[index & inPage] as number
      const wasInvoked = (flags & endMask) !== 0
      if (wasInvoked && this.#others.hasUnknown(index, digestAt(page, index & inPage)))
        unknown.set(index, flags)
    }
    return unknown
  }

  /** Bytes that the accounts take. */
  get bytes(): number {
    return this.#pages.reduce((sum, page) => sum + (page === undefined ? 0 : bytesOf(page)), 0)
  }

  #named(index: number, process: number): Page {
    const page = this.#pages[index >>> pageBits] ?? this.#addPage(index)
    if (page.runs[index & inPage] === 0) this.#name(page, index, process)
    return page
  }

  #addPage(index: number): Page {
    const page = newPage()
    this.#pages[index >>> pageBits] = page
    return page
  }

  #name(page: Page, index: number, process: number): void {
    setRun(page, index & inPage, this.#naming.name(this, index, process))
    this.size += 1
  }

  #open(page: Page, index: number, digest: number, dead: boolean): void {
    const at = index & inPage
    const flags = page.flags[at] as number
    if (flags !== 0) {
      const read = digestAt(page, at)
      if (read !== digest) this.#others.read(index, read)
    }
    // In this order: the digest may need attempts written down, which follow from the flags.
    page.flags[at] = flags | 1 | (dead ? expectsDeadLetters : 0)
    setDigest(page, at, digest)
    this.#counts.attempted += 1
  }

  #placed(flags: number, place: Place, effects: number): number {
    if (place === 'store') {
      if ((flags & inStoreMask) === 0) this.#counts.stored += 1
      return withStoreLine(flags, effects)
    }
    if (place === 'queue') {
      if ((flags & inQueue) === 0) this.#counts.queued += 1
      return flags | inQueue
    }
    if ((flags & inDeadLetters) === 0) this.#counts.deadLettered += 1
    return flags | inDeadLetters
  }

  #hasHad(page: Page, index: number, process: number, attempt: number): boolean {
    const at = index & inPage
    if (!this.#isOwn(page, at, process, attempt))
      return this.#rareAttempts.has(rareKey(index, process, attempt))
    return (attemptBitsAt(page, at) & (1 << (attempt - 1))) !== 0
  }

  #noteAttempt(page: Page, index: number, process: number, attempt: number): void {
    const at = index & inPage
    const isOwn = this.#isOwn(page, at, process, attempt)
    const isFirst = ((page.flags[at] as number) & endMask) === 0
    if (!isOwn) this.#rareAttempts.add(rareKey(index, process, attempt))
    if (page.attempts === undefined && isOwn === isFirst && (!isFirst || attempt === 1)) return
    const attempts = attemptsOf(page)
    if (isOwn) attempts[at] = (attempts[at] as number) | (1 << (attempt - 1))
  }

  #isOwn(page: Page, at: number, process: number, attempt: number): boolean {
    return attempt <= attemptBitsMax && this.#naming.processOf(runAt(page, at)) === process
  }
}

function rareKey(index: number, process: number, attempt: number): string {
  return `${index} ${process} ${attempt}`
}
