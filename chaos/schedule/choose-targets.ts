import type { Random } from '../kernel/random.ts'
import { didYouMean, type KnownKind, type KnownTarget } from './known.ts'
import type { ScheduledFault, TargetSelector } from './schedule.ts'

type Chosen = ScheduledFault['target']

export interface ChooseInput {
  readonly targets: readonly KnownTarget[]
  /** undefined where it is unknown; then only the targets are judged. */
  readonly kind: KnownKind | undefined
  readonly random: Random
  /** False where the same fault is on this target at this time: it is not drawn, so that nothing stacks. */
  isFree(target: string): boolean
  note(problem: string): void
}

/**
 * The targets that a selector means, drawn from the candidates in the order of their names, so that the order in which
 * a system lists them does not matter. A share is rounded down, and is one at least.
 */
export function chooseTargets(selector: TargetSelector, input: ChooseInput): Chosen[] {
  const { targets, kind, random, isFree, note } = input
  const candidates = candidatesOf(selector, targets, note)
  for (const candidate of candidates) {
    const unfitness = kind && unfitnessOf(kind, candidate)
    if (unfitness !== undefined) note(unfitness)
  }
  if ('name' in selector) return candidates.map(({ name }) => name)
  if ('by' in selector) {
    if (!targets.some(({ capabilities }) => capabilities.has('broker'))) {
      note(`cannot choose by ${selector.by}: the system has no broker to ask`)
    }
    return candidates.length === 0 ? [] : [{ role: selector.role, by: selector.by }]
  }
  const wanted = countOf(selector.choose, candidates.length)
  if (wanted > candidates.length && candidates.length > 0) {
    note(`wants ${wanted} of the role ${selector.role}, which has ${candidates.length}`)
  }
  const names = candidates.map(({ name }) => name)
  if (selector.choose === 'all') return names
  const drawn = random.shuffle(names)
  return [...drawn.filter(isFree), ...drawn.filter((name) => !isFree(name))].slice(0, wanted)
}

function candidatesOf(
  selector: TargetSelector,
  targets: readonly KnownTarget[],
  note: (problem: string) => void,
): KnownTarget[] {
  const asked = 'name' in selector ? selector.name : selector.role
  const key = 'name' in selector ? 'name' : 'role'
  const found = targets.filter((target) => target[key] === asked)
  if (found.length === 0) {
    const known = [...new Set(targets.map((target) => target[key]))].sort()
    note(`no target has the ${key} ${asked}${didYouMean(asked, known)}`)
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1))
}

function countOf(choose: Extract<TargetSelector, { choose: unknown }>['choose'], candidates: number): number {
  if (choose === 'one') return 1
  if (choose === 'all') return candidates
  return 'count' in choose ? choose.count : Math.max(1, Math.floor(choose.share * candidates))
}

/** Why this target cannot suffer this kind of fault, in words; undefined where it can. */
export function unfitnessOf(kind: KnownKind, target: KnownTarget): string | undefined {
  if (kind.targetKind !== target.kind) {
    return `is for a ${kind.targetKind}, but ${target.name} is a ${target.kind}`
  }
  const lacking = kind.needs.filter((need) => !target.capabilities.has(need))
  if (lacking.length === 0) return undefined
  return `needs a target that is ${lacking.join(' and ')}; ${target.name} is not`
}
