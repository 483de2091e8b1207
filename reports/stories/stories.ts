import { beginExplain } from '../../chaos/checkers/explain.ts'
import { attemptBytes, readBytes } from '../../chaos/history/ledger-layout.ts'
import type { HistoryLine } from '../../chaos/history/line.ts'
import { expandPacked, type PackedLine } from '../../chaos/history/packed.ts'
import type { Story } from '../render/page-input.ts'
import type { RunRecord } from '../run-record.ts'
import type { LogLines } from './log-lines.ts'

// An order that is repeated for ever would fill the page; its first and its last steps tell what happened.
const stepsMax = 40

/** The ids that broke a promise, as the judge named them, each with its classes. */
export function brokenIds(record: RunRecord): ReadonlyMap<string, readonly string[]> {
  const examples = (record.result?.examples ?? {}) as Readonly<Record<string, readonly string[]>>
  const classesOf = new Map<string, string[]>()
  for (const [name, ids] of Object.entries(examples)) {
    for (const id of ids) classesOf.set(id, [...(classesOf.get(id) ?? []), name])
  }
  return classesOf
}

/** Follows the ids that broke a promise through a history. All other operations go by. */
export class Stories {
  readonly #classesOf: ReadonlyMap<string, readonly string[]>
  readonly #explaining
  #prefix = ''
  /** Packed reads carry no time: they count as read when the line before them was written. */
  #beforeMs = 0
  /** When the last place was read to its end; before that nobody can say that an id is nowhere. */
  #allReadMs: number | undefined
  #numbers: ReadonlySet<number> = new Set()

  constructor(record: RunRecord) {
    this.#classesOf = brokenIds(record)
    this.#explaining = beginExplain([...this.#classesOf.keys()])
  }

  see(line: HistoryLine): void {
    if (line.kind === 'run') this.#begin(line.ledgerPrefix ?? '')
    else this.#beforeMs = line.timeMs
    if (line.kind === 'read-complete') this.#allReadMs = line.timeMs
    const isOther = (line.kind === 'op' || line.kind === 'read') && !this.#classesOf.has(line.id)
    if (!isOther) this.#explaining.see(line)
  }

  /** Expands only the records of the ids that are followed: a ledger has millions of others. */
  packed(line: PackedLine): void {
    if (this.#numbers.size === 0) return
    const size = line.kind === '@ops' ? attemptBytes : readBytes
    for (let at = 0; at < line.records.length; at += size) {
      if (!this.#numbers.has(line.records.readUInt32LE(at))) continue
      let end = at + size
      // Records in a row with one number are one read with several effects.
      if (line.kind === '@reads') {
        while (end < line.records.length && line.records.readUInt32LE(end) === line.records.readUInt32LE(at))
          end += size
      }
      const own = { ...line, records: line.records.subarray(at, end) }
      for (const expanded of expandPacked(own, this.#prefix, this.#beforeMs)) this.#explaining.see(expanded)
      at = end - size
    }
  }

  end(logs: LogLines): Story[] {
    return this.#explaining.end().map(({ id, steps }) => {
      const all = steps.map(({ timeMs, text, faults }) => ({ timeMs, what: text, faults }))
      const wasFound = steps.some(({ line }) => line.kind === 'read')
      if (!wasFound && this.#allReadMs !== undefined) {
        all.push({ timeMs: this.#allReadMs, what: 'found in no place', faults: [] })
      }
      return { id, classes: this.#classesOf.get(id) ?? [], steps: shortened(all), logs: logs.get(id) ?? [] }
    })
  }

  #begin(prefix: string): void {
    this.#prefix = prefix
    const numbers = [...this.#classesOf.keys()]
      .filter((id) => id.startsWith(prefix))
      .map((id) => id.slice(prefix.length))
      .filter((rest) => /^\d{1,10}$/.test(rest))
    this.#numbers = new Set(numbers.map(Number))
  }
}

function shortened(steps: Story['steps']): Story['steps'] {
  if (steps.length <= stepsMax) return steps
  const half = stepsMax / 2
  const gap = {
    timeMs: steps[half]?.timeMs ?? 0,
    what: `… ${steps.length - stepsMax} more steps …`,
    faults: [],
  }
  return [...steps.slice(0, half), gap, ...steps.slice(-half)]
}
