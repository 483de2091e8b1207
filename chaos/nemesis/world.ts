import type { Target } from '../faults/target.ts'
import type { FaultLine } from '../history/line.ts'
import type { PlayOptions } from '../nemesis.ts'
import type { Injection } from './injection.ts'

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

/** Why a fault may never go in, in words; undefined where it may. */
export function refusalOf({ blastRadius: { targets } }: NemesisWorld, target: Target): string | undefined {
  if (targets.includes(target.name) || targets.includes(target.role)) return undefined
  return `${target.name} is outside the blast radius (${targets.join(', ')})`
}

/** What has to be healed before a fault may go in, in words; undefined where nothing has to. */
export function obstacleTo(world: NemesisWorld, kind: string, target: Target): string | undefined {
  const { blastRadius, active } = world
  const same = active.find((other) => other.scheduled.kind === kind && other.target === target)
  if (same !== undefined)
    return `${same.scheduled.id} is the same fault on ${target.name} and is not healed yet`
  const touched = new Set(active.map((other) => other.target).concat(target))
  if (touched.size > blastRadius.atOnceMax) {
    return `it would be target ${touched.size} at once; the blast radius allows ${blastRadius.atOnceMax}`
  }
  return undefined
}

/** Sleeps until so many milliseconds after the run's begin; rejects as soon as the assault is over. */
export async function sleepUntil(atMs: number, world: NemesisWorld): Promise<void> {
  await world.clock.sleep(Math.max(0, atMs - world.elapsedMs()), world.signal)
}

/** What went wrong, without the hint: evidence says what happened, not what to do. */
export function messageOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return message.split('\nHint: ')[0] as string
}
