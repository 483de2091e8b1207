import type { HistoryLine } from '../../chaos/history/line.ts'
import { type Random, randomFrom } from '../../chaos/kernel/random.ts'
import { SimulatedClient } from './client.ts'
import { finalRead } from './final-read.ts'
import { playFaults } from './play-faults.ts'
import { Recording } from './recording.ts'
import type { SimulatedFault } from './simulated-fault.ts'
import { everydayLoad, planArrivals, type SimulatedLoad } from './simulated-load.ts'
import type { Program } from './simulated-process.ts'
import { SimulatedService } from './simulated-service.ts'
import type { Trigger } from './trigger.ts'
import { createVirtualTime, type VirtualTime } from './virtual-time.ts'

export interface SimulationOptions {
  readonly seed: string
  readonly program: Program
  readonly trigger: Trigger
  /** Every line that the parts log, with its virtual time. */
  log?(text: string): void
}

export interface SimulatedRun {
  readonly history: readonly HistoryLine[]
  /** How long it took in virtual time. */
  readonly virtualMs: number
  readonly actions: number
}

// 1 s: both halves connect, declare and consume, with time to spare.
const bootMs = 1_000
// 90 s: the longest breaker pause, reconnects and the drain of all orders take a few seconds; what is not empty then is stuck.
const convergeWithinMs = 90_000
// 2 s of nothing: longer than any message or late write is on its way.
const quietMs = 2_000

/**
 * Plays one whole run in this process, in virtual time: load, faults, healing, drain and final read. The same seed,
 * program and trigger give the same history, to the byte, on every machine.
 */
export async function simulate({ seed, program, trigger, log }: SimulationOptions): Promise<SimulatedRun> {
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
    settings: trigger.settings ?? {},
    timeoutMs: load.timeoutMs,
    log: tell,
  })
  service.start()
  let actions = await time.play(bootMs)
  actions += await assault({ time, random, load, faults, recording, service })
  recording.phase('final-read')
  finalRead(service, recording)
  return { history: recording.lines, virtualMs: time.nowMs(), actions }
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
  recording.phase('assault')
  const client = new SimulatedClient(
    {
      time,
      random: random.fork('client'),
      idPrefix: 'o-',
      doors: service.doors,
      see: (line) => recording.see(line),
      send: (door, request) => service.send(door, request),
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
  return actions
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
