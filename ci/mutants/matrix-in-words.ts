import type { ControlRow, MutantRow } from './matrix.ts'
import { type Shown, shownInWords } from './shown-where.ts'

export interface Matrix {
  readonly format: 'seawall-mutants'
  readonly version: 1
  readonly where: 'simulation' | 'containers'
  readonly seeds: number
  readonly mutants: readonly MutantRow[]
  readonly control: readonly ControlRow[]
  /** Every mutant of the design, and where it can be seen. */
  readonly shown: readonly Shown[]
  readonly experimentsPerHour: number
}

/** Below this share of its tries a mutant has survived: a bug in the harness. */
export const caughtShareMin = 0.95

export function survivors({ mutants }: Matrix): readonly MutantRow[] {
  return mutants.filter(({ caught, tries }) => caught < caughtShareMin * tries)
}

/** Triggers under which the honest service was accused, or under which nobody could say. */
export function brokenControls({ control }: Matrix): readonly ControlRow[] {
  return control.filter(({ accused, unknown }) => accused + unknown > 0)
}

const percent = (share: number) => `${(100 * share).toFixed(0)} %`

export function mutantLine(row: MutantRow): string {
  const mark = row.caught >= caughtShareMin * row.tries ? '✓' : '✗'
  const caught = `${row.caught} of ${row.tries} (${percent(row.low)} to ${percent(row.high)})`
  const others = Object.keys(row.reported).join(', ') || 'nothing'
  const missed = row.missedSeeds.length === 0 ? '' : `; missed by seeds ${row.missedSeeds.join(', ')}`
  return (
    `${mark} ${row.id}  ${row.caughtAs.padEnd(11)} ${caught.padEnd(24)} ` +
    `${(row.toVerdictMs / 1_000).toFixed(1).padStart(5)} s to its verdict, ${(row.tookMs / 1_000).toFixed(1)} s in all  ` +
    `${row.title}\n       reported: ${others}; trigger: ${row.trigger}${missed}`
  )
}

export function controlLine(row: ControlRow): string {
  const mark = row.accused + row.unknown === 0 ? '✓' : '✗'
  const seeds = row.accusedSeeds.length === 0 ? '' : `, by seeds ${row.accusedSeeds.join(', ')}`
  const unknown = row.unknown === 0 ? '' : `, ${row.unknown} unknown`
  const reasons = row.reasons.length === 0 ? '' : `: ${row.reasons.join('; ')}`
  return `${mark} honest  accused ${row.accused} of ${row.tries}${seeds}${unknown} under ${row.trigger}${reasons}`
}

export function closingLines(matrix: Matrix): readonly string[] {
  const tries = matrix.mutants.reduce((sum, row) => sum + row.tries, 0)
  const controls = matrix.control.reduce((sum, row) => sum + row.tries, 0)
  const accused = matrix.control.reduce((sum, row) => sum + row.accused, 0)
  return [
    '',
    ...elsewhere(matrix).map((shown) => `- ${shown.id}  ${shown.title}: ${shownInWords(shown)}`),
    '',
    `${matrix.mutants.length - survivors(matrix).length} of ${matrix.mutants.length} mutants caught as what they are, in ${tries} runs`,
    `the honest service was accused in ${accused} of ${controls} runs`,
    `${Math.round(matrix.experimentsPerHour).toLocaleString('en')} experiments an hour ${matrix.where === 'simulation' ? 'in simulation' : 'on containers'}`,
  ]
}

/** Mutants that this place cannot show. */
function elsewhere({ shown, where }: Matrix): readonly Shown[] {
  return shown.filter((each) => each[where] === undefined)
}
