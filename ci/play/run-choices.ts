import type { Experiment } from '../../chaos/experiment.ts'
import { parseDurationMs } from '../../chaos/kernel/duration.ts'
import { refuseProblems } from '../../chaos/kernel/errors.ts'
import { type FixedFault, formatSchedule, parseSchedule } from '../../chaos/schedule/schedule-text.ts'
import { experimentOf } from '../../scenarios/experiments/list.ts'
import { spikeExperiment } from '../../scenarios/experiments/spike.ts'
import type { OrderIntakeLoad } from '../../scenarios/load-config.ts'
import type { SpikeOptions } from '../../scenarios/profiles/spike.ts'
import { freshSeed } from './seed.ts'

export const systemNames = ['orders', 'fragile'] as const
export type SystemName = (typeof systemNames)[number]

/** What the caller of `seawall run` chose, checked. */
export interface RunChoices {
  readonly experiment: string
  readonly seed: string
  readonly mutant: string | undefined
  readonly system: SystemName
  readonly faults: boolean
  /** Faults drawn from the seed, in place of the experiment's own. */
  readonly swarm: boolean
  /** Two faults that are drawn from the seed and meet, in place of the experiment's own. */
  readonly pair: boolean
  /** Exactly these faults, in place of the experiment's own. */
  readonly schedule: readonly FixedFault[] | undefined
  readonly load: SpikeOptions
  readonly plan: boolean
  /** The live view as a page on loopback, beside what the terminal shows. */
  readonly live: boolean
  readonly json: boolean
  readonly reports: string
}

/** Checks the words of the command line; refuses with all problems at once. */
export function runChoices(experiment: string, words: Readonly<Record<string, unknown>>): RunChoices {
  const problems: string[] = []
  const load = loadOf(experiment, words, problems)
  const seed = words.seed === undefined ? freshSeed() : String(words.seed)
  if (!/^[A-Za-z0-9_.-]{1,40}$/.test(seed)) {
    problems.push(`--seed must be 1 to 40 letters, digits, dots, dashes or underscores, got "${seed}"`)
  }
  const system = systemNames.find((name) => name === words.system)
  if (system === 'fragile' && words.mutant !== undefined) {
    problems.push('--mutant changes the redesigned service; it cannot be combined with --system fragile')
  }
  if (system === undefined)
    problems.push(`--system must be ${systemNames.join(' or ')}, got "${words.system}"`)
  const schedule = scheduleOf(words, problems)
  refuseProblems('the command line', problems, '`npm run seawall -- run --help` lists the options')
  return {
    experiment,
    seed,
    mutant: words.mutant === undefined ? undefined : String(words.mutant),
    system: system as SystemName,
    faults: words.faults !== false,
    swarm: words.swarm === true,
    pair: words.pair === true,
    schedule,
    load,
    plan: words.plan === true,
    live: words.live === true,
    json: words.json === true,
    reports: String(words.reports),
  }
}

function scheduleOf(
  words: Readonly<Record<string, unknown>>,
  problems: string[],
): readonly FixedFault[] | undefined {
  const chosen = [
    words.faults === false,
    words.swarm === true,
    words.pair === true,
    words.schedule !== undefined,
  ]
  if (chosen.filter(Boolean).length > 1) {
    problems.push('--no-faults, --swarm, --pair and --schedule exclude each other')
  }
  if (words.schedule === undefined) return undefined
  const { faults, problems: unread } = parseSchedule(String(words.schedule))
  problems.push(...unread.map((problem) => `--schedule: ${problem}`))
  return faults
}

function loadOf(
  experiment: string,
  words: Readonly<Record<string, unknown>>,
  problems: string[],
): SpikeOptions {
  const load: { basePerSecond?: number; peakPerSecond?: number; holdMs?: number } = {}
  if (words.base !== undefined) load.basePerSecond = rate('--base', words.base, problems)
  if (words.peak !== undefined) load.peakPerSecond = rate('--peak', words.peak, problems)
  if (words.hold !== undefined) {
    load.holdMs = parseDurationMs(String(words.hold))
    if (load.holdMs === undefined)
      problems.push(`--hold must be a time such as 20s or 2m, got "${words.hold}"`)
  }
  if (Object.keys(load).length > 0 && experiment !== 'spike') {
    problems.push(`--base, --peak and --hold shape the spike's load; ${experiment} has a load of its own`)
  }
  return load
}

function rate(name: string, word: unknown, problems: string[]): number {
  const value = Number(word)
  if (!(value > 0 && value <= 100_000)) {
    problems.push(`${name} must be a rate above 0 and at most 100,000 a second, got "${word}"`)
  }
  return value
}

/**
 * The experiment with the load that was chosen. Refuses an impossible load with all its problems. The service before its
 * redesign publishes nothing that alerts could look at: none is judged there.
 */
export function experimentFor({ experiment, load, system }: RunChoices): Experiment<OrderIntakeLoad> {
  const own = Object.keys(load).length > 0 ? spikeExperiment(load) : experimentOf(experiment)
  return system === 'fragile' ? { ...own, alerts: undefined } : own
}

/** The command that plays the same again. */
export function replayLineOf(choices: RunChoices): string {
  const { experiment, seed, mutant, system, faults, swarm, pair, schedule, load } = choices
  const words = [
    `--seed ${seed}`,
    ...(mutant === undefined ? [] : [`--mutant ${mutant}`]),
    ...(system === 'orders' ? [] : [`--system ${system}`]),
    ...(faults ? [] : ['--no-faults']),
    ...(swarm ? ['--swarm'] : []),
    ...(pair ? ['--pair'] : []),
    ...(schedule === undefined ? [] : [`--schedule ${quoted(formatSchedule(schedule))}`]),
    ...(load.basePerSecond === undefined ? [] : [`--base ${load.basePerSecond}`]),
    ...(load.peakPerSecond === undefined ? [] : [`--peak ${load.peakPerSecond}`]),
    ...(load.holdMs === undefined ? [] : [`--hold ${load.holdMs}ms`]),
  ]
  return experiment === 'spike'
    ? `npm run spike -- ${words.join(' ')}`
    : `npm run seawall -- run ${experiment} ${words.join(' ')}`
}

/** A word as a shell reads it. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}
