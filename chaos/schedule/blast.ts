import { formatDuration } from '../kernel/duration.ts'
import { didYouMean, type KnownTarget } from './known.ts'
import type { BlastRadius, ScheduledFault } from './schedule.ts'

type Placed = Omit<ScheduledFault, 'id'>

interface Span {
  readonly fault: ScheduledFault
  readonly fromMs: number
  readonly toMs: number
}

/** Whether one fault would be injected on a target while the same one is in. What a condition decides is left out. */
export function wouldStack(one: Placed, other: Placed): boolean {
  if (one.kind !== other.kind || one.target !== other.target || typeof one.target !== 'string') return false
  if (!('atMs' in one.start && 'atMs' in other.start)) return false
  const { atMs } = one.start
  return atMs < other.start.atMs + other.forMs && other.start.atMs < atMs + one.forMs
}

/** A fault never stacks on itself on one target; the nemesis sees to it too, for what only conditions decide. */
export function overlapProblems(schedule: readonly ScheduledFault[]): string[] {
  return schedule.flatMap((fault, index) =>
    schedule
      .slice(0, index)
      .filter((other) => wouldStack(fault, other))
      .map((other) => `${fault.id} (${fault.kind}) would stack on ${other.id} on ${nameOf(fault)}`),
  )
}

/**
 * What of a schedule is outside the blast radius, at its worst: a conditional fault may be in from the start to its
 * latest end, and a target that was drawn from a role counts as another one each time, since with another seed it is.
 */
export function blastProblems(
  schedule: readonly ScheduledFault[],
  { targets: allowed, atOnceMax, totalMsMax }: BlastRadius,
  targets: readonly KnownTarget[],
  drawn: ReadonlySet<string>,
): string[] {
  const problems = unknownNames(allowed, targets)
  for (const fault of schedule) {
    if (!isAllowed(fault, allowed, targets)) {
      problems.push(`${fault.id} (${fault.kind}) is aimed at ${nameOf(fault)}, outside the blast radius`)
    }
  }
  const atOnce = targetsAtOnce(schedule.map(spanOf), targets, drawn)
  if (atOnce > atOnceMax) {
    problems.push(`the faults touch up to ${atOnce} targets at once; the blast radius allows ${atOnceMax}`)
  }
  const totalMs = schedule.reduce((sum, { forMs }) => sum + forMs, 0)
  if (totalMs > totalMsMax) {
    problems.push(
      `the faults last ${formatDuration(totalMs)} together; the blast radius allows ${formatDuration(totalMsMax)}`,
    )
  }
  return problems
}

function unknownNames(allowed: readonly string[], targets: readonly KnownTarget[]): string[] {
  const known = [...new Set(targets.flatMap(({ name, role }) => [name, role]))].sort()
  return allowed
    .filter((name) => !known.includes(name))
    .map((name) => `blastRadius.targets: no target or role is named ${name}${didYouMean(name, known)}`)
}

function isAllowed(
  { target }: ScheduledFault,
  allowed: readonly string[],
  targets: readonly KnownTarget[],
): boolean {
  if (typeof target !== 'string') return allowed.includes(target.role)
  const role = targets.find(({ name }) => name === target)?.role
  return allowed.includes(target) || (role !== undefined && allowed.includes(role))
}

/** The most targets that may be touched at one time; it can only rise where a fault starts. */
function targetsAtOnce(
  spans: readonly Span[],
  targets: readonly KnownTarget[],
  drawn: ReadonlySet<string>,
): number {
  const counts = spans.map(({ fromMs }) => {
    const active = spans.filter((span) => span.fromMs <= fromMs && fromMs < span.toMs)
    const roles = Map.groupBy(active, ({ fault }) => roleOf(fault, targets))
    return [...roles].reduce((sum, [role, members]) => {
      const names = members.map(({ fault }) => (drawn.has(fault.id) ? fault.id : nameOf(fault)))
      const size = targets.filter((target) => target.role === role).length
      return sum + Math.min(new Set(names).size, size)
    }, 0)
  })
  return Math.max(0, ...counts)
}

function roleOf({ target }: ScheduledFault, targets: readonly KnownTarget[]): string | undefined {
  return typeof target === 'string' ? targets.find(({ name }) => name === target)?.role : target.role
}

function spanOf(fault: ScheduledFault): Span {
  const { start, forMs } = fault
  return 'atMs' in start
    ? { fault, fromMs: start.atMs, toMs: start.atMs + forMs }
    : { fault, fromMs: 0, toMs: start.deadlineMs + forMs }
}

function nameOf({ id, target }: ScheduledFault): string {
  return typeof target === 'string' ? target : `the ${target.role} chosen by ${target.by} (${id})`
}
