import type { z } from 'zod'
import type { Clock } from '../kernel/clock.ts'
import type { Random } from '../kernel/random.ts'
import type { RunCommand } from './host-command.ts'
import type { Capability, Target } from './target.ts'

/** What was seen from outside. `evidence` is kept word for word in the history and on the page. */
export interface Feeling {
  readonly felt: boolean
  readonly evidence: string
}

/**
 * How to undo a fault, as data: it is written down and fsynced before the injection, so that another process can
 * heal after this one's death. `steps` are carried out in order; each is safe to repeat.
 */
export interface UndoRecord {
  readonly fault: string
  readonly faultKind: string
  readonly target: string
  readonly steps: readonly UndoStep[]
  /** A command that a person can type to heal by hand. */
  readonly byHand: string
}

export type UndoStep =
  | { readonly do: 'container-start'; readonly containerId: string }
  | { readonly do: 'container-unpause'; readonly containerId: string }
  | {
      readonly do: 'container-update'
      readonly containerId: string
      readonly limits: Readonly<Record<string, number>>
    }
  | {
      readonly do: 'container-exec'
      readonly containerId: string
      readonly argv: readonly string[]
      readonly user?: string
      /** True where nothing is left to undo in a container that is down; else it is started first. */
      readonly downIsHealed?: boolean
    }
  | {
      readonly do: 'network-connect'
      readonly containerId: string
      readonly network: string
      readonly aliases: readonly string[]
      readonly ipv4: string
    }
  | {
      readonly do: 'toxic-remove'
      readonly toxiproxyUrl: string
      readonly proxyName: string
      readonly toxic: string
    }
  | { readonly do: 'proxy-enable'; readonly toxiproxyUrl: string; readonly proxyName: string }
  | {
      readonly do: 'proxy-upstream'
      readonly toxiproxyUrl: string
      readonly proxyName: string
      readonly upstream: string
    }
  /** Removes every rule that carries the comment, in the network namespace of the container. */
  | { readonly do: 'rules-remove'; readonly containerId: string; readonly comment: string }
  /** Gives the container's interfaces back the queueing of the kernel's choice. */
  | { readonly do: 'qdisc-remove'; readonly containerId: string; readonly device: string }

/** A reversible change to the world. `heal` is safe to call twice, and before `inject`. */
export interface Fault {
  /** Its id in the run: f1. */
  readonly id: string
  readonly kind: string
  readonly target: string
  describe(): string
  undo(): Promise<UndoRecord>
  inject(signal: AbortSignal): Promise<void>
  heal(): Promise<void>
  /** Looks at the target from outside: is it biting now? Never asks the tool that injected it. */
  isFelt(signal: AbortSignal): Promise<Feeling>
}

export interface FaultContext {
  readonly id: string
  readonly clock: Clock
  readonly random: Random
  /** Only containers that carry this label value of `seawall.run` may be touched. */
  readonly runId: string
  /** How commands of this host are run, for faults in a network namespace; really, unless stated. */
  readonly run?: RunCommand
}

/** One kind of fault: what people read about it, what it needs, and how one is made. One file each. */
export interface FaultKind<Options = unknown> {
  /** Named by what the victim feels: connection-reset. */
  readonly kind: string
  readonly how: string
  readonly victimFeels: string
  readonly proof: string
  readonly needs: readonly Capability[]
  readonly targetKind: Target['kind']
  readonly options: z.ZodType<Options>
  /** True where being healed means that the target was started again (it is down meanwhile). */
  readonly instant?: boolean
  create(target: Target, options: Options, context: FaultContext): Fault
  /** undefined if this kernel and Engine can do it, else the reason in words. */
  unsupportedHere(): Promise<string | undefined>
}
