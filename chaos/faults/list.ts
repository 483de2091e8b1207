import { HarnessError, refuseProblems } from '../kernel/errors.ts'
import { nearestNames } from '../kernel/nearest-names.ts'
import { bandwidth } from './bandwidth.ts'
import { bindingRemoved } from './binding-removed.ts'
import { blackhole } from './blackhole.ts'
import { brokerAlarm } from './broker-alarm.ts'
import { clockSkew } from './clock-skew.ts'
import { connectionCut } from './connection-cut.ts'
import { connectionFlap } from './connection-flap.ts'
import { connectionReset } from './connection-reset.ts'
import { containerKill } from './container-kill.ts'
import { containerPause } from './container-pause.ts'
import { containerRestart } from './container-restart.ts'
import { containerStop } from './container-stop.ts'
import { cpuLimit } from './cpu-limit.ts'
import { cpuStress } from './cpu-stress.ts'
import { deadLettersUnbound } from './dead-letters-unbound.ts'
import { deliveriesDoubled } from './deliveries-doubled.ts'
import { diskFull } from './disk-full.ts'
import { diskSlow } from './disk-slow.ts'
import { dnsFailure } from './dns-failure.ts'
import type { Fault, FaultContext, FaultKind } from './fault.ts'
import { httpError } from './http-error.ts'
import { isolation } from './isolation.ts'
import { jitter } from './jitter.ts'
import { latency } from './latency.ts'
import { limitData } from './limit-data.ts'
import { memoryLimit } from './memory-limit.ts'
import { memoryStress } from './memory-stress.ts'
import { netemLatency } from './netem-latency.ts'
import { netemReordering } from './netem-reordering.ts'
import { networkDisconnect } from './network-disconnect.ts'
import { noop } from './noop.ts'
import { oneWayBlackhole } from './one-way-blackhole.ts'
import { packetLoss } from './packet-loss.ts'
import { partition } from './partition.ts'
import { policyChanged } from './policy-changed.ts'
import { powerLost } from './power-lost.ts'
import { queueDeleted } from './queue-deleted.ts'
import { responseLost } from './response-lost.ts'
import { rollingRestart } from './rolling-restart.ts'
import { slicer } from './slicer.ts'
import { storeRefusesClients } from './store-refuses-clients.ts'
import { storeSlow } from './store-slow.ts'
import type { Target } from './target.ts'

/** Every kind of fault there is; a kind that is not in this list does not exist. */
export const faultKinds: readonly FaultKind[] = [
  latency,
  jitter,
  bandwidth,
  slicer,
  connectionReset,
  connectionCut,
  connectionFlap,
  blackhole,
  limitData,
  httpError,
  responseLost,
  oneWayBlackhole,
  packetLoss,
  partition,
  isolation,
  networkDisconnect,
  dnsFailure,
  netemLatency,
  netemReordering,
  containerKill,
  containerStop,
  containerPause,
  containerRestart,
  rollingRestart,
  cpuLimit,
  cpuStress,
  memoryLimit,
  memoryStress,
  diskFull,
  diskSlow,
  powerLost,
  clockSkew,
  brokerAlarm,
  queueDeleted,
  bindingRemoved,
  deadLettersUnbound,
  policyChanged,
  deliveriesDoubled,
  storeRefusesClients,
  storeSlow,
  noop,
]

/** The kind of this name; HARNESS_NAME_UNKNOWN, with the nearest names, if there is none. */
export function faultKindOf(name: string): FaultKind {
  const kind = faultKinds.find((candidate) => candidate.kind === name)
  if (kind !== undefined) return kind
  const near = nearestNames(
    name,
    faultKinds.map((candidate) => candidate.kind),
  )
  throw new HarnessError(
    'HARNESS_NAME_UNKNOWN',
    `expected the name of a fault, got "${name}"`,
    `${near.length > 0 ? `did you mean ${near.join(' or ')}? ` : ''}\`npm run seawall list faults\` prints them all`,
  )
}

/** What is wrong with the options that an experiment gives to a kind; empty where nothing is. */
export function optionProblems(kind: FaultKind, options: unknown): readonly string[] {
  const parsed = kind.options.safeParse(options)
  if (parsed.success) return []
  return parsed.error.issues.map(({ path, message }) => {
    const where = path.length === 0 ? '' : `${path.join('.')}: `
    return `${kind.kind}: ${where}${message}`
  })
}

/** Makes a fault for a target; unfilled options get their defaults. HARNESS_CONFIG_INVALID lists all problems. */
export function createFault(
  kindName: string,
  target: Target,
  options: unknown,
  context: FaultContext,
): Fault {
  const kind = faultKindOf(kindName)
  const hint = '`npm run seawall list faults` prints each kind with its options'
  refuseProblems(`the fault ${context.id}`, optionProblems(kind, options), hint)
  return kind.create(target, kind.options.parse(options), context)
}
