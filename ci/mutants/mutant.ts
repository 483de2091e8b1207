import { HarnessError } from '../../chaos/kernel/errors.ts'
import { type FilePatch, parseUnifiedDiff } from './unified-diff.ts'

/** The service with one seeded bug: a unified diff against the honest sources, and what is said above it. */
export interface Mutant {
  readonly id: string
  readonly title: string
  /** The real-world bug that it stands for. */
  readonly standsFor: string
  /** Load and faults under which the bug shows, in words. */
  readonly trigger: string
  /** The class of the history, or the name of the promise, that must be reported. */
  readonly caughtAs: string
  /** The trigger's name in the simulation; undefined where only containers can show the bug. */
  readonly simulation: string | undefined
  /** The same for containers; undefined where only the simulation shows it. */
  readonly containers: ContainersLine | undefined
  readonly files: readonly FilePatch[]
}

export interface ContainersLine {
  /** The trigger's name in `ci/mutants/container-triggers`. */
  readonly trigger: string
  /** What must be reported there, where it is something else than in the simulation. */
  readonly caughtAs: string | undefined
}

const fields = {
  id: 'Id',
  title: 'Title',
  standsFor: 'Stands-for',
  trigger: 'Trigger',
  caughtAs: 'Class',
} as const

/** Reads the header's `Name: value` lines (a value goes on in indented lines) and the diff below it. */
export function parseMutant(text: string, path: string): Mutant {
  const head = text.slice(0, Math.max(0, text.indexOf('\n--- a/')))
  const values = new Map<string, string>()
  for (const match of head.matchAll(/^([A-Z][A-Za-z-]*): (.*(?:\n[ \t]+.*)*)/gm)) {
    values.set(match[1] as string, (match[2] as string).replace(/\s+/g, ' ').trim())
  }
  const files = parseUnifiedDiff(text)
  const missing = Object.values(fields).filter((name) => !values.get(name))
  const problems = missing.map((name) => `the header line "${name}:" is missing`)
  if (files.length === 0) problems.push('there is no diff below the header')
  if (problems.length > 0) {
    throw new HarnessError(
      'HARNESS_CONFIG_INVALID',
      `${path} is not a mutant:\n${problems.map((problem) => `  - ${problem}`).join('\n')}`,
      'see system-under-test/mutants/README.md for the form',
    )
  }
  const value = (field: keyof typeof fields) => values.get(fields[field]) as string
  return {
    id: value('id'),
    title: value('title'),
    standsFor: value('standsFor'),
    trigger: value('trigger'),
    caughtAs: value('caughtAs'),
    simulation: values.get('Simulation'),
    containers: containersOf(values.get('Containers')),
    files,
  }
}

/** `apis-killed`, or `one-api-cut-off as tells-when-it-is-not-ready`. */
function containersOf(line: string | undefined): ContainersLine | undefined {
  if (line === undefined) return undefined
  const [trigger, caughtAs] = line.split(' as ')
  return { trigger: trigger as string, caughtAs }
}
