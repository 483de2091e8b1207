import type { BrokerFacts, Target } from './faults/target.ts'
import type { FaultLine } from './history/line.ts'
import type { Injection } from './injection.ts'
import type { PlayOptions } from './nemesis.ts'

/** What the injections of one play share. */
export interface NemesisWorld extends PlayOptions {
  /** Admitted and not yet healed, oldest first. */
  readonly active: Injection[]
  /** The caller's signal, or ours when the harness itself fails. */
  readonly signal: AbortSignal
  readonly problems: string[]
  /** A failure of the harness itself: kept, and the end of the assault. */
  broken(what: string, error: unknown): void
}

export function worldOf(options: PlayOptions): NemesisWorld {
  const own = new AbortController()
  const problems: string[] = []
  const broken = (what: string, error: unknown) => {
    problems.push(`${what}: ${messageOf(error)}`)
    own.abort(error)
  }
  return {
    ...options,
    active: [],
    problems,
    broken,
    signal: AbortSignal.any([options.signal, own.signal]),
    see(line: FaultLine) {
      try {
        options.see(line)
      } catch (error) {
        broken(`the line "${line.event}" of ${line.fault} could not be kept`, error)
      }
    },
  }
}

/** Why a fault may not go in now, in words; undefined where it may. */
export function refusalOf(world: NemesisWorld, kind: string, target: Target): string | undefined {
  const { blastRadius, active } = world
  if (!blastRadius.targets.includes(target.name) && !blastRadius.targets.includes(target.role)) {
    return `${target.name} is outside the blast radius (${blastRadius.targets.join(', ')})`
  }
  const same = active.find((other) => other.scheduled.kind === kind && other.target === target)
  if (same !== undefined)
    return `${same.scheduled.id} is the same fault on ${target.name} and is not healed yet`
  const touched = new Set(active.map((other) => other.target).concat(target))
  if (touched.size > blastRadius.atOnceMax) {
    return `it would be target ${touched.size} at once; the blast radius allows ${blastRadius.atOnceMax}`
  }
  return undefined
}

/** The facts of the first broker that gives any; undefined where none does. */
export async function brokerFacts(targets: readonly Target[]): Promise<BrokerFacts | undefined> {
  for (const target of targets) {
    if (target.kind !== 'container' || target.broker === undefined) continue
    try {
      return await target.broker.facts()
    } catch {
      // A broker that is down says nothing; another one of the cluster may.
    }
  }
  return undefined
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
