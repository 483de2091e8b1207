import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import Dockerode from 'dockerode'

type Env = Readonly<Record<string, string | undefined>>

/**
 * Where an Engine may listen, best first. `DOCKER_HOST` stands alone: who sets it means that one and no other.
 * The rest are the places of Docker Engine, rootless Docker, Docker Desktop, Colima and OrbStack.
 */
export function engineAddresses(env: Env, home: string): readonly string[] {
  const named = env.DOCKER_HOST
  if (named !== undefined && named !== '') return [named]
  const runtime = env.XDG_RUNTIME_DIR
  return [
    defaultAddress,
    ...(runtime ? [`unix://${join(runtime, 'docker.sock')}`] : []),
    `unix://${join(home, '.docker/run/docker.sock')}`,
    `unix://${join(home, '.colima/default/docker.sock')}`,
    `unix://${join(home, '.orbstack/run/docker.sock')}`,
  ]
}

export const defaultAddress = 'unix:///var/run/docker.sock'

/** A client for an address; what is no socket is read by the client from the environment, certificates included. */
export function dockerAt(address: string, options: { readonly timeout?: number } = {}): Dockerode {
  const path = socketPathOf(address)
  return path === undefined ? new Dockerode() : new Dockerode({ socketPath: path, ...options })
}

/** Whether a socket is there that this user may not write to. Never throws. */
export async function isForbidden(address: string): Promise<boolean> {
  const path = socketPathOf(address)
  if (path === undefined) return false
  return access(path, constants.R_OK | constants.W_OK).then(
    () => false,
    (error: NodeJS.ErrnoException) => error.code === 'EACCES',
  )
}

function socketPathOf(address: string): string | undefined {
  return /^unix:\/\/(.+)$/.exec(address)?.[1]
}

/** An Engine that is there answers a ping in milliseconds; one that is frozen must not hold us up. */
const pingMsMax = 5_000

/** Whether an Engine answers there. Never throws. */
export async function engineAnswers(address: string): Promise<boolean> {
  try {
    await dockerAt(address, { timeout: pingMsMax }).ping()
    return true
  } catch {
    return false
  }
}
