/**
 * The lines of a history, format 1. The public description is in the README of this folder; field names and
 * closed lists here are that format, exactly.
 */
export const historyFormat = 'seawall-history'
export const historyVersion = 1

export const phases = ['gate', 'warm-up', 'assault', 'heal', 'converge', 'final-read', 'judge'] as const
export type Phase = (typeof phases)[number]

export const places = ['store', 'dead-letter', 'queue'] as const
export type Place = (typeof places)[number]

/** Where a record is expected to end. */
export const destinations = ['store', 'dead-letter'] as const
export type Destination = (typeof destinations)[number]

export const operationTypes = [
  'invoke', // We are about to ask.
  'ok', // It happened: the system must remember it.
  'fail', // It did not happen: the system must not remember it.
  'info', // We cannot know. Both worlds are legal.
] as const
export type OperationType = (typeof operationTypes)[number]

export const faultEvents = [
  'injecting',
  'injected',
  'felt',
  'not-felt',
  'healing',
  'healed',
  'heal-failed',
] as const
export type FaultEvent = (typeof faultEvents)[number]

export interface RunLine {
  readonly kind: 'run'
  readonly format: typeof historyFormat
  readonly version: typeof historyVersion
  readonly runId: string
  readonly experiment: string
  readonly seed: string
  readonly startedAt: string
  readonly plan?: {
    readonly faults?: readonly string[]
    readonly places?: readonly Place[]
    readonly droppedMax?: number
  }
  /** What the ids of packed lines begin with; see ledger-layout.ts. Needed only where there are packed lines. */
  readonly ledgerPrefix?: string
}

interface Timed {
  /** Milliseconds since the run began. */
  readonly timeMs: number
}

export interface PhaseLine extends Timed {
  readonly kind: 'phase'
  readonly phase: Phase
}

export interface OperationLine extends Timed {
  readonly kind: 'op'
  readonly type: OperationType
  readonly process: string
  readonly action: string
  readonly id: string
  readonly attempt: number
  readonly digest?: string
  readonly expect?: Destination
  /** On a submit's invoke: the request is wrong on purpose, and to be refused. */
  readonly invalid?: true
  readonly status?: number
  readonly error?: string
  /** When the arrival was planned, on an invoke: response time counts from here. */
  readonly intendedMs?: number
  /** On a submit's invoke: orders of one key must have their effects in the order in which they were acknowledged. */
  readonly key?: string
  /** On the ok of a get: how fresh the answer is; it may only grow. */
  readonly version?: number
}

export interface DroppedLine extends Timed {
  readonly kind: 'dropped'
  readonly count: number
}

export interface FaultLine extends Timed {
  readonly kind: 'fault'
  readonly event: FaultEvent
  readonly fault: string
  readonly faultKind: string
  readonly target: string
  readonly evidence?: string
}

export interface ReadLine extends Timed {
  readonly kind: 'read'
  readonly place: Place
  readonly id: string
  readonly digest: string
  readonly effects?: readonly string[]
  readonly reason?: string
  /** In the store: the effect's place among those of its key. */
  readonly position?: number
  /** In the store: the same as on a submit's invoke, for histories whose operations do not carry it. */
  readonly key?: string
}

export interface ReadCompleteLine extends Timed {
  readonly kind: 'read-complete'
  readonly place: Place
  readonly count: number
}

export interface ObservationLine extends Timed {
  readonly kind: 'observation'
  readonly name: string
  readonly value: number
  readonly labels?: Readonly<Record<string, string>>
}

export type TimedLine =
  | PhaseLine
  | OperationLine
  | DroppedLine
  | FaultLine
  | ReadLine
  | ReadCompleteLine
  | ObservationLine

export type HistoryLine = RunLine | TimedLine
