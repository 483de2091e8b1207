import type {
  DroppedLine,
  FaultLine,
  PhaseLine,
  Place,
  ReadCompleteLine,
  RunLine,
} from '../../history/line.ts'
import type { InvokeTimes } from './invoke-times.ts'

/** What is known of one fault: planned, or named by a line, or both. */
export interface FaultAccount {
  readonly name: string
  /** "container-kill on worker-1", as its first line says; nothing for a planned one without a line. */
  readonly what: string | undefined
  injectedMs?: number
  healedMs?: number
  felt: boolean
}

/** All of a history but its operations: what was planned, what was done to the system, what was read to its end. */
export class WatchBook {
  readonly faults = new Map<string, FaultAccount>()
  readonly #places = new Set<Place>(['store'])
  readonly #marks: PhaseLine[] = []
  readonly #readLines = new Map<Place, number>()
  readonly #readCompletes = new Map<Place, number>()
  droppedMax: number | undefined
  dropped = 0

  run({ plan }: RunLine): void {
    for (const place of plan?.places ?? []) this.#places.add(place)
    for (const name of plan?.faults ?? []) this.#fault(name, undefined)
    const max = plan?.droppedMax
    if (max !== undefined) this.droppedMax = Math.min(max, this.droppedMax ?? max)
  }

  phase(line: PhaseLine): void {
    this.#marks.push(line)
  }

  drop(line: DroppedLine): void {
    this.dropped += line.count
  }

  fault(line: FaultLine): void {
    const account = this.#fault(line.fault, `${line.faultKind} on ${line.target}`)
    if (line.event === 'injected') account.injectedMs ??= line.timeMs
    if (line.event === 'healed') account.healedMs ??= line.timeMs
    if (line.event === 'felt') account.felt = true
  }

  readLines(place: Place, lines: number): void {
    this.#readLines.set(place, (this.#readLines.get(place) ?? 0) + lines)
  }

  /** False where the place has had its end before. */
  readComplete({ place, count }: ReadCompleteLine): boolean {
    if (this.#readCompletes.has(place)) return false
    this.#readCompletes.set(place, count)
    return true
  }

  /** The planned places that were not read to their end, each with what is missing. */
  unreadPlaces(): readonly { place: Place; missing: string }[] {
    return [...this.#places].flatMap((place) => {
      const lines = this.#readLines.get(place) ?? 0
      const count = this.#readCompletes.get(place)
      if (count === undefined) return [{ place, missing: 'there is no read-complete' }]
      if (count !== lines) return [{ place, missing: `read-complete says ${count} and ${lines} were read` }]
      return []
    })
  }

  /** True if every assault phase, from its mark to the next one, has an invoke; also where there is none. */
  assaultWasLoaded(times: InvokeTimes): boolean {
    const marks = this.#marks.toSorted((a, b) => a.timeMs - b.timeMs)
    return marks.every((mark, at) => {
      const untilMs = marks[at + 1]?.timeMs ?? Number.POSITIVE_INFINITY
      return mark.phase !== 'assault' || times.hasBetween(mark.timeMs, untilMs)
    })
  }

  #fault(name: string, what: string | undefined): FaultAccount {
    const known = this.faults.get(name)
    if (known !== undefined && (known.what !== undefined || what === undefined)) return known
    const account = { felt: false, ...known, name, what }
    this.faults.set(name, account)
    return account
  }
}
