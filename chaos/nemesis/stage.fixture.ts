import { PassThrough } from 'node:stream'
import type { Fault } from '../faults/fault.ts'
import type { BrokerFacts, ContainerTarget, Target } from '../faults/target.ts'
import type { FaultLine } from '../history/line.ts'
import { type FakeClock, fakeClock } from '../kernel/fake-clock.ts'
import type { PlayOptions } from '../nemesis.ts'
import type { ScheduledFault } from '../schedule/schedule.ts'

/** What a fault on the stage does, when a test wants something else than a good fault. */
export type FaultScript = Partial<Pick<Fault, 'undo' | 'inject' | 'heal' | 'isFelt'>>

export interface Stage {
  readonly clock: FakeClock
  readonly options: PlayOptions
  readonly lines: FaultLine[]
  /** What the faults and the journal were asked, in order: "f1 inject". */
  readonly acts: string[]
  /** Ends the assault. */
  abort(reason?: unknown): void
  /** The lines as words: "100 f1 injected". */
  told(): string[]
}

/** A nemesis's world for tests, with good faults and a clock that is driven by hand. */
export function stage(input: {
  readonly schedule: readonly ScheduledFault[]
  readonly targets?: readonly Target[]
  readonly scripts?: Readonly<Record<string, FaultScript>>
  readonly options?: Partial<PlayOptions>
}): Stage {
  const clock = fakeClock()
  const controller = new AbortController()
  const lines: FaultLine[] = []
  const acts: string[] = []
  const options: PlayOptions = {
    schedule: input.schedule,
    targets: input.targets ?? [target('worker-1'), target('worker-2')],
    blastRadius: { targets: ['worker', 'broker'], atOnceMax: 9, totalMsMax: 1e6 },
    makeFault: (scheduled, on) => actor(scheduled, on, acts, input.scripts?.[scheduled.id]),
    clock,
    elapsedMs: () => clock.nowMs(),
    loadStartedMs: 0,
    see: (line) => lines.push(line),
    journal: {
      willInject: async (record) => void acts.push(`${record.fault} journal`),
      hasHealed: async (fault) => void acts.push(`${fault} mark`),
    },
    readings: async () => undefined,
    signal: controller.signal,
    ...input.options,
  }
  return {
    clock,
    options,
    lines,
    acts,
    abort: (reason) => controller.abort(reason ?? new Error('interrupted')),
    told: () => lines.map((line) => `${line.timeMs} ${line.fault} ${line.event}`),
  }
}

/** A fault that is felt while it is in, as a good one is. */
function actor(scheduled: ScheduledFault, on: Target, acts: string[], script: FaultScript = {}): Fault {
  const { id, kind } = scheduled
  let isIn = false
  const act = async (name: string, play: (() => Promise<void>) | undefined, after: boolean) => {
    acts.push(`${id} ${name}`)
    await play?.()
    isIn = after
  }
  return {
    id,
    kind,
    target: on.name,
    describe: () => `${kind} on ${on.name}`,
    undo: async () => ({
      fault: id,
      faultKind: kind,
      target: on.name,
      steps: [],
      byHand: `docker unpause ${on.name}`,
    }),
    isFelt: async () => ({ felt: isIn, evidence: isIn ? 'it bites' : 'nothing is seen' }),
    ...script,
    inject: (signal) =>
      act('inject', script.inject && (() => script.inject?.(signal) as Promise<void>), true),
    heal: () => act('heal', script.heal, false),
  }
}

export function scheduled(id: string, change: Partial<ScheduledFault> = {}): ScheduledFault {
  const plain = {
    kind: 'container-pause',
    target: 'worker-1',
    start: { atMs: 100 },
    forMs: 1_000,
    options: {},
  }
  return { id, ...plain, ...change }
}

/** An Engine on which everything runs, and that has nothing to tell. */
const quietEngine = {
  getEvents: async () => new PassThrough(),
  getContainer: () => ({ inspect: async () => ({ State: { Running: true } }) }),
}

export function target(name: string, change: Partial<ContainerTarget> = {}): ContainerTarget {
  const role = name.replace(/-\d+$/, '')
  return {
    kind: 'container',
    name,
    role,
    capabilities: new Set(['pausable', 'killable']),
    containerId: `id-of-${name}`,
    docker: quietEngine as never,
    peers: async () => new Map(),
    answers: async () => true,
    ...change,
  }
}

/** A broker that says these facts, and nothing else. */
export function brokerSaying(facts: () => Partial<BrokerFacts>): ContainerTarget {
  const control = { facts: async () => facts() as BrokerFacts }
  return target('broker-1', { broker: control as ContainerTarget['broker'] })
}
