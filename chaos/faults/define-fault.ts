import type { z } from 'zod'
import { HarnessError } from '../kernel/errors.ts'
import { commandByHand } from './by-hand.ts'
import type { Fault, FaultContext, FaultKind, Feeling, UndoRecord, UndoStep } from './fault.ts'
import type { Capability, ContainerTarget, LinkTarget, Target } from './target.ts'
import { carryOut } from './undo-steps.ts'

/** What one kind has to say for itself; the rest (undo before inject, heal by the record's steps) is common to all. */
export interface FaultBody {
  readonly sentence: string
  /** Reads, before anything is changed, what the way back is. Called once. */
  undoSteps(): Promise<readonly UndoStep[]>
  inject(signal: AbortSignal): Promise<void>
  look(signal: AbortSignal): Promise<Feeling>
  /** Ends what runs on in this process (a loop, a server), before the steps are carried out. */
  beforeHeal?(): Promise<void>
  /**
   * What no step can say as data, after the steps: a broker's or a store's own undoing. A reaper does not do it; it
   * removes the whole container.
   */
  afterHeal?(): Promise<void>
  /** For people, where the steps alone do not say it. */
  readonly byHand?: string
}

type TargetOf<Kind extends Target['kind']> = Kind extends 'link' ? LinkTarget : ContainerTarget

export interface FaultKindInput<Options, Kind extends Target['kind']> {
  readonly kind: string
  readonly how: string
  readonly victimFeels: string
  readonly proof: string
  readonly needs: readonly Capability[]
  readonly targetKind: Kind
  readonly options: z.ZodType<Options>
  readonly instant?: boolean
  unsupportedHere?(): Promise<string | undefined>
  body(target: TargetOf<Kind>, options: Options, context: FaultContext): FaultBody
}

/**
 * Makes a kind out of its own part. Every fault made so keeps three promises: its undo record is known before it
 * injects, its heal is exactly that record's steps, and it touches nothing but a target of the right sort.
 */
export function defineFaultKind<Options, Kind extends Target['kind']>(
  input: FaultKindInput<Options, Kind>,
): FaultKind<Options> {
  const { body, unsupportedHere, ...description } = input
  return {
    ...description,
    unsupportedHere: async () => unsupportedHere?.(),
    create(target, options, context) {
      refuseUnfit(input, target)
      return assemble(input.kind, target, body(target as TargetOf<Kind>, options, context), context)
    },
  }
}

function assemble(kind: string, target: Target, body: FaultBody, context: FaultContext): Fault {
  let record: Promise<UndoRecord> | undefined
  const undo = () => {
    record ??= body.undoSteps().then(
      (steps) => ({
        fault: context.id,
        faultKind: kind,
        target: target.name,
        steps,
        byHand: body.byHand ?? (steps.map(commandByHand).join(' && ') || 'nothing to undo'),
      }),
      (error: unknown) => {
        record = undefined
        throw error
      },
    )
    return record
  }
  return {
    id: context.id,
    kind,
    target: target.name,
    describe: () => body.sentence,
    undo,
    async inject(signal) {
      signal.throwIfAborted()
      await undo()
      await body.inject(signal)
    },
    async heal() {
      await body.beforeHeal?.()
      // A fault that was never prepared has changed nothing: there is no way back to go.
      if (record === undefined) return
      const docker = target.kind === 'container' ? target.docker : undefined
      const { runId, run } = context
      for (const step of (await record).steps) await carryOut(step, { docker, runId, run })
      await body.afterHeal?.()
    },
    isFelt: (signal) => body.look(signal),
  }
}

/** Why this target cannot suffer this kind; empty where it can. */
export function unfitness(
  kind: Pick<FaultKind, 'kind' | 'needs' | 'targetKind'>,
  target: Pick<Target, 'kind' | 'name' | 'capabilities'>,
): readonly string[] {
  if (kind.targetKind !== target.kind) {
    return [`${kind.kind} needs a ${kind.targetKind}, but ${target.name} is a ${target.kind}`]
  }
  return kind.needs
    .filter((need) => !target.capabilities.has(need))
    .map((need) => `${kind.kind} needs a target that is ${need}, but ${target.name} is not`)
}

function refuseUnfit(kind: Pick<FaultKind, 'kind' | 'needs' | 'targetKind'>, target: Target): void {
  const problems = unfitness(kind, target)
  if (problems.length === 0) return
  const able = [...target.capabilities].join(', ') || 'nothing'
  throw new HarnessError(
    'HARNESS_CONFIG_INVALID',
    problems.join('; '),
    `${target.name} is ${able}; \`npm run seawall list faults\` says what each fault needs`,
  )
}
