import { endedByItself, watchedForEnds } from '../../chaos/history/ends.ts'
import type { HistoryLine } from '../../chaos/history/line.ts'
import { type Random, randomFrom } from '../../chaos/kernel/random.ts'
import type { LoadTimeline } from '../../chaos/system.ts'
import { SimulatedClient } from './client.ts'
import { finalRead } from './final-read.ts'
import { playFaults } from './play-faults.ts'
import { Recording } from './recording.ts'
import type { SimulatedFault } from './simulated-fault.ts'
import { everydayLoad, planArrivals, type SimulatedLoad, timelineFor } from './simulated-load.ts'
import type { Program } from './simulated-process.ts'
import { SimulatedService } from './simulated-service.ts'
import type { Trigger } from './trigger.ts'
import { createVirtualTime, type Planned, type VirtualTime } from './virtual-time.ts'

export interface SimulationOptions {
  readonly seed: string
  readonly program: Program
  readonly trigger: Trigger
  /** The version before, for triggers in which both run; the same as `program` if left out. */
  readonly previous?: Program
  /** Every line that the parts log, with its virtual time. */
  log?(text: string): void
}

export interface SimulatedRun {
  readonly history: readonly HistoryLine[]
  /** How long it took in virtual time. */
  readonly virtualMs: number
  /** When the load's time zero was. */
  readonly loadStartedMs: number
  readonly load: LoadTimeline
  readonly faults: readonly SimulatedFault[]
  readonly isDrained: boolean
  /** What still waits at the end, in words. */
  readonly backlog: string
  readonly convergeWithinMs: number
  readonly actions: number
}

// 1 s: both halves connect, declare and consume, with time to spare.
const bootMs = 1_000
// 90 s: the longest breaker pause, reconnects and the drain of all orders take a few seconds; what is not empty then is stuck.
const convergeWithinMs = 90_000
// 2 s of nothing: longer than any message or late write is on its way.
const quietMs = 2_000
const observeEveryMs = 500
// 128 and 9, the number of SIGKILL.
const killedExitCode = 137
// 10,000: more than any load here has. The usual 100,000 places, made anew for each process, were a fifth of a run's CPU time.
const knownKeysMax = 10_000

/**
 * Plays one whole run in this process, in virtual time: load, faults, healing, drain and final read. The same seed,
 * program and trigger give the same history, to the byte, on every machine.
 */
export async function simulate({
  seed,
  program,
  trigger,
  previous,
  log,
}: SimulationOptions): Promise<SimulatedRun> {
  const time = createVirtualTime()
  const random = randomFrom(`${trigger.name}/${seed}`)
  const load: SimulatedLoad = { ...everydayLoad, ...trigger.load }
  const faults = trigger.faults(random.fork('faults'))
  const tell = (text: string) => log?.(`${time.nowMs().toFixed(3)} ${text}`)
  const recording = new Recording(time, tell, {
    experiment: trigger.name,
    seed,
    faults: faults.map((_, index) => `f${index + 1}`),
  })
  const service = new SimulatedService({
    program,
    time,
    random: random.fork('service'),
    settings: { KNOWN_KEYS_MAX: String(knownKeysMax), ...trigger.settings },
    timeoutMs: load.timeoutMs,
    isBalanced: trigger.isBalanced ?? false,
    scaling: trigger.scaling,
    release: trigger.release,
    previous: trigger.isMixed ? previous : undefined,
    ended: (target) =>
      recording.see({
        kind: 'observation',
        name: endedByItself,
        value: killedExitCode,
        labels: { target, cause: 'out of memory' },
      }),
    log: tell,
  })
  service.start()
  if (trigger.release !== undefined) time.after(bootMs + trigger.release.atMs, () => service.release())
  let actions = await time.play(bootMs)
  actions += await assault({ time, random, load, faults, recording, service })
  recording.see({ kind: 'observation', name: watchedForEnds, value: service.replicas.size })
  recording.phase('final-read')
  finalRead(service, recording)
  return {
    history: recording.lines,
    virtualMs: time.nowMs(),
    loadStartedMs: bootMs,
    load: timelineFor(load),
    faults,
    isDrained: service.isDrained(),
    backlog: `${service.queuedOrders().length} orders still wait`,
    convergeWithinMs,
    actions,
  }
}

async function assault(run: {
  time: VirtualTime
  random: Random
  load: SimulatedLoad
  faults: readonly SimulatedFault[]
  recording: Recording
  service: SimulatedService
}): Promise<number> {
  const { time, random, load, recording, service } = run
  markAssault(load, time, recording)
  const observing = observe(time, service, recording)
  const client = new SimulatedClient(
    {
      time,
      random: random.fork('client'),
      idPrefix: 'o-',
      doors: service.doors,
      see: (line) => recording.see(line),
      send: (door, request) => service.send(door, request),
      read: (door, orderId) => service.read(door, orderId),
      isStored: async (orderId) => service.storedOrders().some((order) => order.orderId === orderId),
    },
    load,
  )
  client.start(planArrivals(load, random.fork('load')))
  const { healed } = playFaults(run.faults, service, { time, recording })
  const isOver = () => healed() && client.open === 0
  let actions = await time.play(time.nowMs() + 10 * convergeWithinMs, isOver)
  recording.phase('converge')
  actions += await converge(time, service)
  observing.cancel()
  return actions
}

/** The load's first phase may warm everything up; the assault begins after it. */
function markAssault(load: SimulatedLoad, time: VirtualTime, recording: Recording): void {
  const [first] = timelineFor(load).phases
  if (first?.name === 'warm-up') {
    recording.phase('warm-up')
    time.after(first.toMs, () => recording.phase('assault'))
  } else {
    recording.phase('assault')
  }
}

/** Looks at the queue twice a second, as the harness does. */
function observe(time: VirtualTime, service: SimulatedService, recording: Recording): Planned {
  let next: Planned
  const look = () => {
    const { ready, unacknowledged } = service.depth()
    recording.see({ kind: 'observation', name: 'queue-depth', value: ready })
    recording.see({ kind: 'observation', name: 'unacknowledged', value: unacknowledged })
    recording.see({ kind: 'observation', name: 'connections', value: service.connections })
    for (const [name, value] of service.readings()) recording.see({ kind: 'observation', name, value })
    next = time.after(observeEveryMs, look)
  }
  look()
  return { cancel: () => next.cancel() }
}

/** Until nothing has been waiting for a while, or until waiting is of no use. */
async function converge(time: VirtualTime, service: SimulatedService): Promise<number> {
  const untilMs = time.nowMs() + convergeWithinMs
  let actions = 0
  let quietSinceMs: number | undefined
  while (time.nowMs() < untilMs) {
    actions += await time.play(time.nowMs() + 100)
    if (!service.isDrained()) quietSinceMs = undefined
    else quietSinceMs ??= time.nowMs()
    if (quietSinceMs !== undefined && time.nowMs() - quietSinceMs >= quietMs) break
  }
  return actions
}
