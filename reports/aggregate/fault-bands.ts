import type { FaultEvent, FaultLine } from '../../chaos/history/line.ts'
import type { FaultBand } from './run-data.ts'

type Band = { -readonly [Key in keyof FaultBand]: FaultBand[Key] }

const timeOf = {
  injecting: 'injectingMs',
  injected: 'injectedMs',
  felt: 'feltMs',
  healing: 'healingMs',
  healed: 'healedMs',
} as const satisfies Partial<Record<FaultEvent, keyof FaultBand>>

/** One band a fault, from what the history saw; the first time of each event counts. */
export class FaultBands {
  readonly #bands = new Map<string, Band>()

  see(line: FaultLine): void {
    const band = this.#bands.get(line.fault) ?? {
      fault: line.fault,
      kind: line.faultKind,
      target: line.target,
      felt: false,
      healFailed: false,
    }
    this.#bands.set(line.fault, band)
    if (line.event === 'felt') band.felt = true
    if (line.event === 'heal-failed') band.healFailed = true
    if (line.event === 'not-felt' || line.event === 'heal-failed') return
    band[timeOf[line.event]] ??= line.timeMs
  }

  bands(): FaultBand[] {
    return [...this.#bands.values()]
  }
}
