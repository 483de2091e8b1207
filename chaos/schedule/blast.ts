import { formatDuration } from '../kernel/duration.ts'
import { didYouMean, type KnownTarget } from './known.ts'
import type { BlastRadius, ScheduledFault } from './schedule.ts'

interface Span {
  readonly fault: ScheduledFault
  readonly fromMs: number
  readonly toMs: number
}

/** A fault never stacks on itself on one target. What only a condition decides, the nemesis sees to. */
export function overlapProblems(schedule: readonly ScheduledFault[]): string[] {
  const spans = schedule.filter(isFixed).map(spanOf)
  return spans.flatMap((span, index) =>
    spans
      .slice(0, index)
      .filter((other) => isSame(span.fault, other.fault) && overlap(span, other))
      .map(
        (other) =>
          `${span.fault.id} (${span.fault.kind}) would stack on ${other.fault.id} on ${nameOf(span.fault)}`,
      ),
  )
}

/** What of a schedule is outside the blast radius. A conditional fault may be in from the start to its latest end. */
export function blastProblems(
  schedule: readonly ScheduledFault[],
  { targets: allowed, atOnceMax, totalMsMax }: BlastRadius,
  targets: readonly KnownTarget[],
): string[] {
  const problems = unknownNames(allowed, targets)
  for (const fault of schedule) {
    if (!isAllowed(fault, allowed, targets)) {
      problems.push(`${fault.id} (${fault.kind}) is aimed at ${nameOf(fault)}, outside the blast radius`)
    }
  }
  const atOnce = targetsAtOnce(schedule.map(spanOf))
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

/** The most targets that are touched at one time; it can only rise where a fault starts. */
function targetsAtOnce(spans: readonly Span[]): number {
  const counts = spans.map(({ fromMs }) => {
    const active = spans.filter((span) => span.fromMs <= fromMs && fromMs < span.toMs)
    return new Set(active.map(({ fault }) => nameOf(fault))).size
  })
  return Math.max(0, ...counts)
}

function spanOf(fault: ScheduledFault): Span {
  const { start, forMs } = fault
  return 'atMs' in start
    ? { fault, fromMs: start.atMs, toMs: start.atMs + forMs }
    : { fault, fromMs: 0, toMs: start.deadlineMs + forMs }
}

function isFixed({ start, target }: ScheduledFault): boolean {
  return 'atMs' in start && typeof target === 'string'
}

function isSame(one: ScheduledFault, other: ScheduledFault): boolean {
  return one.kind === other.kind && one.target === other.target
}

function overlap(one: Span, other: Span): boolean {
  return one.fromMs < other.toMs && other.fromMs < one.toMs
}

function nameOf({ id, target }: ScheduledFault): string {
  return typeof target === 'string' ? target : `the ${target.role} chosen by ${target.by} (${id})`
}
