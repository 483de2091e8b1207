import { isInterned } from './digest-codes.ts'
import { endMask } from './flags.ts'

export const pageBits = 13
export const pageSize = 1 << pageBits
/** The lower bits of a number: its place in its page. */
export const inPage = pageSize - 1

/** Attempts 1 to 7 of the process that named the id are bits of `attempts`; bit 7 says that the digest is interned. */
export const attemptBitsMax = 7
const digestInterned = 0x80

/** The accounts of neighbouring numbers, seven or eight bytes each. */
export interface Page {
  readonly digests: Uint32Array
  readonly flags: Uint8Array
  /** The run of the page's first naming, less one: runs only rise, so all of the page's are above. */
  runBase: number
  /** Runs less the base; 0 where the number was never named. Wider once 16 bits do not suffice. */
  runs: Uint16Array | Uint32Array
  /** While absent: each invoked id has had attempt 1 of the process that named it, and no other. */
  attempts: Uint8Array | undefined
}

export function newPage(): Page {
  return {
    digests: new Uint32Array(pageSize),
    flags: new Uint8Array(pageSize),
    runBase: -1,
    runs: new Uint16Array(pageSize),
    attempts: undefined,
  }
}

export function bytesOf({ digests, flags, runs, attempts }: Page): number {
  return digests.byteLength + flags.byteLength + runs.byteLength + (attempts?.byteLength ?? 0)
}

/** The run in which the number was named; 0 where it never was. */
export function runAt(page: Page, at: number): number {
  const run = page.runs[at] as number
  return run === 0 ? 0 : page.runBase + run
}

export function setRun(page: Page, at: number, run: number): void {
  if (page.runBase < 0) page.runBase = run - 1
  const above = run - page.runBase
  if (above > 0xffff && page.runs.BYTES_PER_ELEMENT === 2) page.runs = new Uint32Array(page.runs)
  page.runs[at] = above
}

/** The attempts of the process that named the id, as bits. */
export function attemptBitsAt(page: Page, at: number): number {
  if (page.attempts !== undefined) return page.attempts[at] as number
  return ((page.flags[at] as number) & endMask) === 0 ? 0 : 1
}

/** The attempts' bytes; where they were absent, what their absence stood for is written down first. */
export function attemptsOf(page: Page): Uint8Array {
  if (page.attempts !== undefined) return page.attempts
  const attempts = new Uint8Array(pageSize)
  for (let at = 0; at < pageSize; at += 1) attempts[at] = ((page.flags[at] as number) & endMask) === 0 ? 0 : 1
  page.attempts = attempts
  return attempts
}

/** The code of the digest; see DigestCodes. */
export function digestAt(page: Page, at: number): number {
  const low = page.digests[at] as number
  const interned = page.attempts !== undefined && ((page.attempts[at] as number) & digestInterned) !== 0
  return interned ? low + 2 ** 32 : low
}

export function setDigest(page: Page, at: number, code: number): void {
  page.digests[at] = code
  if (isInterned(code)) {
    const attempts = attemptsOf(page)
    attempts[at] = (attempts[at] as number) | digestInterned
  } else if (page.attempts !== undefined) {
    page.attempts[at] = (page.attempts[at] as number) & ~digestInterned
  }
}

/** Each account of the page that was invoked or found. */
export function forEachIn(page: Page, visit: (flags: number, run: number, at: number) => void): void {
  const { flags } = page
  const words = new Uint32Array(flags.buffer)
  for (let at = 0; at < pageSize; at += 1) {
    if ((at & 3) === 0 && words[at >>> 2] === 0) at += 3
    else if (flags[at] !== 0) visit(flags[at] as number, runAt(page, at), at)
  }
}

/** Adds the number of accounts with each value of flags, four zeros at a time left out. */
export function countStates({ flags }: Page, histogram: Float64Array): void {
  const words = new Uint32Array(flags.buffer)
  for (let at = 0; at < pageSize; at += 1) {
    if ((at & 3) === 0 && words[at >>> 2] === 0) at += 3
    else histogram[flags[at] as number] = (histogram[flags[at] as number] as number) + 1
  }
}
