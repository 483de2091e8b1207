import { formatDuration } from '../../chaos/kernel/duration.ts'
import {
  isCaught,
  isClean,
  type MatrixControl,
  type MatrixMutant,
  type MatrixRecord,
} from '../matrix/matrix.ts'
import { formatCount, formatRatio } from './format.ts'
import { html, type Markup } from './markup.ts'
import { bar, section, table, verdictMark } from './parts.ts'
import { stillPage } from './still-page.ts'

/** The page of a matrix: is each seeded bug caught as what it is, and the honest service never accused? */
export function renderMatrix(matrix: MatrixRecord, style: string): string {
  const { mutants, control, shown, where } = matrix
  return stillPage(`Mutants ${inPlace(where)}`, style, [
    html`<p class="sentence">${matrixSentence(matrix)}</p>`,
    html`<p>A mutant is the service with one seeded bug; it is caught when the bug's own class or promise is reported. The intervals hold the true share with 95 % confidence (Wilson). ${formatCount(matrix.experimentsPerHour)} runs an hour.</p>`,
    section(
      'mutants',
      'Mutants',
      table(
        'Each mutant under its trigger',
        [
          'mutant',
          'verdict',
          'seeded bug',
          'caught as',
          '#caught',
          'share',
          '#between',
          'trigger',
          '#to verdict',
          'reported',
        ],
        mutants.map(mutantCells),
      ),
    ),
    section(
      'control',
      'The honest service',
      table(
        'The same triggers, and nothing seeded',
        ['trigger', 'verdict', '#runs', '#accused', '#unknown', 'reasons'],
        control.map(controlCells),
      ),
    ),
    shown.length > 0 &&
      section(
        'shown',
        'Where each can be seen',
        table(
          'Every mutant of the design',
          ['mutant', 'seeded bug', 'in simulation', 'on containers', 'waits for'],
          shown.map(({ id, title, simulation = '–', containers = '–', waitsFor = '' }) => [
            id,
            title,
            simulation,
            containers,
            waitsFor,
          ]),
        ),
      ),
  ])
}

/** "71 of 71 mutants caught in simulation, the honest service accused in 0 of 160 runs." */
export function matrixSentence({ mutants, control, where }: MatrixRecord): string {
  const caught = mutants.filter(isCaught).length
  const accused = control.reduce((sum, row) => sum + row.accused, 0)
  const runs = control.reduce((sum, row) => sum + row.tries, 0)
  return `${caught} of ${mutants.length} mutants caught ${inPlace(where)}, the honest service accused in ${accused} of ${formatCount(runs)} runs.`
}

function inPlace(where: MatrixRecord['where']): string {
  return where === 'simulation' ? 'in simulation' : 'on containers'
}

function mutantCells(row: MatrixMutant) {
  const { caught, tries, missedSeeds } = row
  const parts: [string, number][] = [
    ['ok', caught],
    ['lost', tries - caught],
  ]
  return [
    row.id,
    verdictMark(isCaught(row) ? 'pass' : 'fail'),
    row.title,
    row.caughtAs,
    `${caught} of ${tries}`,
    bar(parts, tries),
    `${formatRatio(row.low)} to ${formatRatio(row.high)}`,
    row.trigger,
    formatDuration(row.toVerdictMs),
    html`${Object.keys(row.reported).join(', ') || 'nothing'}${missedSeeds.length > 0 && missed(missedSeeds)}`,
  ]
}

function missed(seeds: readonly string[]): Markup {
  return html` <small>missed by seeds ${seeds.join(', ')}</small>`
}

function controlCells(row: MatrixControl) {
  const seeds = row.accusedSeeds.length === 0 ? '' : ` (seeds ${row.accusedSeeds.join(', ')})`
  return [
    row.trigger,
    verdictMark(isClean(row) ? 'pass' : row.accused > 0 ? 'fail' : 'unknown'),
    row.tries,
    row.accused,
    row.unknown,
    `${row.reasons.join('; ')}${seeds}`,
  ]
}
