import { type Random, randomFrom } from '../kernel/random.ts'
import { unfitnessOf } from './choose-targets.ts'
import type { KnownKind, KnownLoad, KnownTarget } from './known.ts'
import type { BlastRadius, FaultPlan } from './schedule.ts'

export interface SwarmBounds {
  /** How many faults at least and at most; fewer where no more fit in. */
  readonly faultsMin: number
  readonly faultsMax: number
  /** How long each lasts at least and at most. */
  readonly forMsMin: number
  readonly forMsMax: number
  /** No fault starts earlier: warm-up. From the start of the load. */
  readonly fromMs: number
  /** No fault ends later: what comes after shows that the system came back. */
  readonly untilMs: number
  /** Between a heal and the next fault on the same part. */
  readonly restMs: number
  /** Kinds that are never drawn. */
  readonly without: readonly string[]
}

export interface SwarmInput {
  readonly seed: string
  readonly kinds: readonly KnownKind[]
  readonly targets: readonly KnownTarget[]
  readonly load: KnownLoad
  readonly blastRadius: BlastRadius
  readonly bounds: SwarmBounds
}

interface Draw {
  readonly kind: KnownKind
  readonly target: KnownTarget
  readonly weight: number
}

interface Drawn {
  readonly plan: FaultPlan
  readonly target: string
  readonly fromMs: number
  readonly toMs: number
}

/** So many draws find no place before the swarm is taken as full. */
const drawsMax = 50
/** Times are drawn in tenths of a second: finer ones are not met anyway, and read badly. */
const gridMs = 100

/**
 * A random set of faults, in the order of their starts: a pure function of its input, the same on every machine. Each
 * seed leaves some kinds out and weighs the rest differently (Groce et al., "Swarm Testing", 2012): what hides behind a
 * common fault shows where that fault is not drawn. No fault is in while another one is on the same part or on a link
 * of it, since the one would hide whether the other is felt.
 */
export function swarm(input: SwarmInput): FaultPlan[] {
  const random = randomFrom(`${input.seed}/swarm`)
  const draws = weigh(input, random)
  if (draws.length === 0) return []
  const { bounds, blastRadius } = input
  const wanted = random.integer(bounds.faultsMin, bounds.faultsMax)
  const swarmed: Drawn[] = []
  for (let draw = 0; draw < wanted * drawsMax && swarmed.length < wanted; draw += 1) {
    const drawn = drawOne(draws, input, random)
    if (drawn !== undefined && fits(drawn, swarmed, blastRadius, bounds.restMs)) swarmed.push(drawn)
  }
  return swarmed.sort((one, other) => one.fromMs - other.fromMs).map(({ plan }) => plan)
}

/** Half of the kinds at the most stay out, one at least stays in; each has a weight of 1 to 8. */
function weigh({ kinds, targets, blastRadius, bounds }: SwarmInput, random: Random): Draw[] {
  const usable = kinds
    .filter(({ kind, options }) => !bounds.without.includes(kind) && options.safeParse({}).success)
    .map((kind) => ({ kind, targets: targetsFor(kind, targets, blastRadius) }))
    .filter((pair) => pair.targets.length > 0)
    .sort((one, other) => (one.kind.kind < other.kind.kind ? -1 : 1))
  const kept = random.shuffle(usable).slice(0, random.integer(Math.ceil(usable.length / 2), usable.length))
  return kept.flatMap((pair) => {
    const weight = random.integer(1, 8)
    return pair.targets.map((target) => ({ kind: pair.kind, target, weight: weight / pair.targets.length }))
  })
}

function targetsFor(
  kind: KnownKind,
  targets: readonly KnownTarget[],
  { targets: allowed }: BlastRadius,
): KnownTarget[] {
  return targets
    .filter((target) => allowed.includes(target.name) || allowed.includes(target.role))
    .filter((target) => unfitnessOf(kind, target) === undefined)
    .sort((one, other) => (one.name < other.name ? -1 : 1))
}

function drawOne(draws: readonly Draw[], { load, bounds }: SwarmInput, random: Random): Drawn | undefined {
  const { kind, target } = pickByWeight(draws, random)
  const forMs =
    random.integer(Math.ceil(bounds.forMsMin / gridMs), Math.floor(bounds.forMsMax / gridMs)) * gridMs
  const latestMs = Math.min(bounds.untilMs, load.durationMs) - forMs
  if (latestMs < bounds.fromMs) return undefined
  const fromMs = random.integer(Math.ceil(bounds.fromMs / gridMs), Math.floor(latestMs / gridMs)) * gridMs
  const plan = { kind: kind.kind, target: { name: target.name }, when: { atMs: fromMs }, forMs }
  return { plan, target: target.name, fromMs, toMs: fromMs + forMs }
}

function pickByWeight(draws: readonly Draw[], random: Random): Draw {
  let left = random.next() * draws.reduce((sum, { weight }) => sum + weight, 0)
  for (const draw of draws) {
    left -= draw.weight
    if (left < 0) return draw
  }
  return draws.at(-1) as Draw
}

function fits(one: Drawn, others: readonly Drawn[], blastRadius: BlastRadius, restMs: number): boolean {
  const together = others.filter(
    (other) => one.fromMs < other.toMs + restMs && other.fromMs < one.toMs + restMs,
  )
  if (together.some((other) => touchSamePart(one.target, other.target))) return false
  // At once with each other or not: counted as if they were, which is never too few.
  if (together.length + 1 > blastRadius.atOnceMax) return false
  const totalMs = [...others, one].reduce((sum, { plan }) => sum + plan.forMs, 0)
  return totalMs <= blastRadius.totalMsMax
}

/** `worker-1->store` touches worker-1, the store, and each of its nodes. */
function touchSamePart(one: string, other: string): boolean {
  return one.split('->').some((part) => other.split('->').some((another) => isSamePart(part, another)))
}

function isSamePart(one: string, other: string): boolean {
  return one === other || one.startsWith(`${other}-`) || other.startsWith(`${one}-`)
}
