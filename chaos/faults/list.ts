import { HarnessError, refuseProblems } from '../kernel/errors.ts'
import { nearestNames } from '../kernel/nearest-names.ts'
import { connectionCut } from './connection-cut.ts'
import { containerKill } from './container-kill.ts'
import { containerPause } from './container-pause.ts'
import type { Fault, FaultContext, FaultKind } from './fault.ts'
import { latency } from './latency.ts'
import { noop } from './noop.ts'
import type { Target } from './target.ts'

/** Every kind of fault there is; a kind that is not in this list does not exist. */
export const faultKinds: readonly FaultKind[] = [latency, connectionCut, containerKill, containerPause, noop]

/** The kind of this name; HARNESS_NAME_UNKNOWN, with the nearest names, if there is none. */
export function faultKindOf(name: string): FaultKind {
  const kind = faultKinds.find((candidate) => candidate.kind === name)
  if (kind !== undefined) return kind
  const near = nearestNames(
    name,
    faultKinds.map((candidate) => candidate.kind),
  )
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected the name of a fault, got "${name}"`,
    `${near.length > 0 ? `did you mean ${near.join(' or ')}? ` : ''}\`npm run seawall list faults\` prints them all`,
  )
}

/** What is wrong with the options that an experiment gives to a kind; empty where nothing is. */
export function optionProblems(kind: FaultKind, options: unknown): readonly string[] {
  const parsed = kind.options.safeParse(options)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => {
    const where = path.length === 0 ? '' : `${path.join('.')}: `
    return `${kind.kind}: ${where}${message}`
  })
}

/** Makes a fault for a target; unfilled options get their defaults. HARNESS_CONFIG_INVALID lists all problems. */
export function createFault(
  kindName: string,
  target: Target,
  options: unknown,
  context: FaultContext,
): Fault {
  const kind = faultKindOf(kindName)
  const hint = '`npm run seawall list faults` prints each kind with its options'
  refuseProblems(`the fault ${context.id}`, optionProblems(kind, options), hint)
  return kind.create(target, kind.options.parse(options), context)
}
