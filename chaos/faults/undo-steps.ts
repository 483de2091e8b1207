import Dockerode from 'dockerode'
import { HarnessError } from '../kernel/errors.ts'
import { commandByHand } from './by-hand.ts'
import { execIn, inspect, refuseForeign, statusOf } from './docker-engine.ts'
import type { UndoStep } from './fault.ts'
import type { RunCommand } from './host-command.ts'
import { processOf, removeQdisc, removeRules } from './netns.ts'
import { removeToxic, setEnabled, setUpstream } from './toxiproxy.ts'

export interface CarryOutOptions {
  /** The Engine of the target; by default that of the environment. */
  readonly docker?: Dockerode
  /** If given, containers of any other run are refused. */
  readonly runId?: string
  /** How commands of this host are run; really, unless stated. */
  readonly run?: RunCommand
}

/**
 * Carries out one step of an undo record. Safe to repeat, and a container that is gone needs no undoing. Used by
 * every heal and by the reaper, so that both ways back are the same. HARNESS_HEAL_FAILED names the command by hand.
 */
export async function carryOut(step: UndoStep, options: CarryOutOptions = {}): Promise<void> {
  try {
    if ('containerId' in step) await undoInContainer(step, options)
    else if (step.do === 'toxic-remove') await removeToxic(step, step.toxic)
    else if (step.do === 'proxy-upstream') await setUpstream(step, step.upstream)
    else await setEnabled(step, true)
  } catch (error) {
    if (error instanceof HarnessError && error.code === 'HARNESS_TARGET_FOREIGN') throw error
    // Without the hint of the first cause: ours is the next step.
    const reason = (error instanceof Error ? error.message : String(error)).split('\nHint: ')[0]
    throw new HarnessError(
      'HARNESS_HEAL_FAILED',
      `expected "${step.do}" to succeed, got: ${reason}`,
      `heal by hand: ${commandByHand(step)}`,
      { cause: error },
    )
  }
}

type ContainerStep = Extract<UndoStep, { containerId: string }>

async function undoInContainer(step: ContainerStep, options: CarryOutOptions): Promise<void> {
  const docker = options.docker ?? new Dockerode()
  const info = await inspect(docker, step.containerId)
  if (info === undefined) return
  if (options.runId !== undefined) refuseForeign(info, options.runId)
  const container = docker.getContainer(step.containerId)
  switch (step.do) {
    case 'container-start':
      return start(container)
    case 'container-unpause':
      if (info.State.Paused) await container.unpause()
      return
    case 'container-update':
      await container.update({ ...step.limits })
      return
    case 'container-exec':
      return exec(docker, step, info)
    case 'network-connect':
      return connect(docker, step, info)
    case 'rules-remove':
      // The rules of a container that is down are gone with its network namespace.
      if (info.State.Running) await removeRules(await processOf(info, options.run), step.comment, options.run)
      return
    case 'qdisc-remove':
      if (info.State.Running) await removeQdisc(await processOf(info, options.run), step.device, options.run)
  }
}

async function start(container: Dockerode.Container): Promise<void> {
  await container.start().catch((error: unknown) => {
    if (statusOf(error) !== 304) throw error
  })
}

/** What a fault left in the files of a container that is down meanwhile can only be repaired once it runs. */
async function exec(
  docker: Dockerode,
  step: Extract<UndoStep, { do: 'container-exec' }>,
  info: Dockerode.ContainerInspectInfo,
): Promise<void> {
  if (!info.State.Running && step.downIsHealed) return
  if (info.State.Paused) await docker.getContainer(step.containerId).unpause()
  if (!info.State.Running) await start(docker.getContainer(step.containerId))
  const result = await execIn(docker, step.containerId, step.argv, { user: step.user })
  if (result.exitCode === 0) return
  throw new Error(`exit code ${result.exitCode}: ${(result.stderr || result.stdout).trim()}`)
}

async function connect(
  docker: Dockerode,
  step: Extract<UndoStep, { do: 'network-connect' }>,
  info: Dockerode.ContainerInspectInfo,
): Promise<void> {
  if (info.NetworkSettings.Networks[step.network] !== undefined) return
  // Without its aliases a container comes back under no name that its peers know.
  const EndpointConfig = {
    Aliases: [...step.aliases],
    ...(step.ipv4 === '' ? {} : { IPAMConfig: { IPv4Address: step.ipv4 } }),
  }
  await docker.getNetwork(step.network).connect({ Container: step.containerId, EndpointConfig })
}
