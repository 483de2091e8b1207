import type { FixedFault } from '../../chaos/schedule/schedule-text.ts'
import type { RunChoices } from './run-choices.ts'

/** A file for `scenarios/experiments/` that asks whether these faults still break what they once broke. */
export function regressionFile(
  { experiment, load }: Pick<RunChoices, 'experiment' | 'load'>,
  faults: readonly FixedFault[],
  foundIn: { readonly runId: string; readonly seed: string; readonly sentence: string },
): string {
  const name = `${experiment}-regression-${foundIn.seed.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}`
  const base = experiment === 'spike' ? 'spikeExperiment' : camelCase(experiment)
  const options = Object.keys(load).length === 0 ? '' : JSON.stringify(load)
  return `import { defineExperiment } from '../../chaos/define-experiment.ts'
import { ${base} } from './${experiment}.ts'

/** Found in run ${foundIn.runId}: ${foundIn.sentence.replaceAll('*/', '')} */
export const ${camelCase(name)} = defineExperiment({
  ...${base}${experiment === 'spike' ? `(${options})` : ''},
  name: '${name}',
  question: 'Is what ${faults.map(({ kind }) => kind).join(' and ') || 'the load alone'} once broke still whole?',
  faults: ${inFile(faults.map(planOf))},
  blastRadius: ${inFile({
    targets: [...new Set(faults.map(({ target }) => target))],
    atOnceMax: Math.max(1, faults.length),
    totalMsMax: Math.max(
      1,
      faults.reduce((sum, { forMs }) => sum + forMs, 0),
    ),
  })},
})
`
}

function planOf({ kind, target, atMs, forMs, options }: FixedFault) {
  const plan = { kind, target: { name: target }, when: { atMs }, forMs }
  return Object.keys(options).length === 0 ? plan : { ...plan, options }
}

function inFile(value: unknown): string {
  return JSON.stringify(value, undefined, 2).replaceAll('\n', '\n  ')
}

function camelCase(name: string): string {
  return name.replaceAll(/-+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
}
