import { homedir } from 'node:os'
import type Dockerode from 'dockerode'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { defaultAddress, dockerAt, engineAddresses } from './engine-address.ts'
import { type EngineHost, engineHostOf } from './engine-host.ts'
import { withMachineLock } from './machine-lock.ts'
import type { Progress } from './progress.ts'

type Env = Readonly<Record<string, string | undefined>>

export interface EnsureEngineOptions {
  readonly env: Env
  readonly progress: Progress
  readonly signal?: AbortSignal
  /** How to look for, install and start an Engine here; the real one if left out. */
  readonly host?: EngineHost
}

export interface Engine {
  readonly docker: Dockerode
  readonly address: string
}

/**
 * Finds the Engine that answers here, or installs and starts one where that may be done: Debian or its children, as root.
 * Says everything that it changes, and how to undo it. Else HARNESS_ENGINE_MISSING, and nothing was changed.
 */
export async function ensureEngine(options: EnsureEngineOptions): Promise<Engine> {
  const { env, progress, signal, host = engineHostOf(options) } = options
  const found = await findEngine(env, host)
  if (found !== undefined) return found
  const forbidden = await forbiddenAddress(env, host)
  if (forbidden !== undefined) throw notOurs(forbidden)
  if (env.DOCKER_HOST) throw namedButSilent(env.DOCKER_HOST)
  const obstacle = await host.whyNotInstall()
  if (obstacle !== undefined) throw missing(obstacle)
  const wait = () => progress.say('engine: another set-up is starting it; waiting for that')
  return withMachineLock(host.lockName, wait, () => startHere(host), signal)
}

/** Another set-up may have done all of this while we waited for it: then there is nothing left to do. */
async function startHere(host: EngineHost): Promise<Engine> {
  if (!(await host.isInstalled())) await host.install()
  // Where packages start their services, the Engine may be up by now.
  if (!(await host.answers(defaultAddress))) await host.start()
  return { docker: dockerAt(defaultAddress), address: defaultAddress }
}

async function findEngine(env: Env, host: EngineHost): Promise<Engine | undefined> {
  for (const address of engineAddresses(env, homedir())) {
    if (await host.answers(address)) return { docker: dockerAt(address), address }
  }
  return undefined
}

/** An Engine may well answer there, but not this user. */
async function forbiddenAddress(env: Env, host: EngineHost): Promise<string | undefined> {
  for (const address of engineAddresses(env, homedir())) if (await host.forbids(address)) return address
  return undefined
}

function notOurs(address: string): HarnessError {
  return new HarnessError(
    'HARNESS_ENGINE_MISSING',
    `there is a Docker Engine's socket at ${address}, and this user may not use it`,
    'run as root or as a member of the group docker; `npm run demo` shows the whole story without an Engine',
  )
}

function namedButSilent(address: string): HarnessError {
  return new HarnessError(
    'HARNESS_ENGINE_MISSING',
    `DOCKER_HOST names ${address}, and no Docker Engine answers there within 5 s`,
    'start that Engine, or unset DOCKER_HOST; `npm run demo` shows the whole story without an Engine',
  )
}

function missing(obstacle: string): HarnessError {
  return new HarnessError(
    'HARNESS_ENGINE_MISSING',
    `no Docker Engine answers on this machine, and none can be installed: ${obstacle}`,
    'install and start Docker, then run the same command again; `npm run demo` shows the whole story without an Engine',
  )
}
