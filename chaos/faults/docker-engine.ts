import { Writable } from 'node:stream'
import Dockerode from 'dockerode'
import { HarnessError } from '../kernel/errors.ts'

/** The label by which a container belongs to a run. Nothing without this run's value can be touched. */
export const runLabel = 'seawall.run'

/** A look at a container; undefined if the Engine does not know it (any more). */
export async function inspect(
  docker: Dockerode,
  containerId: string,
): Promise<Dockerode.ContainerInspectInfo | undefined> {
  try {
    return await docker.getContainer(containerId).inspect()
  } catch (error) {
    if (statusOf(error) === 404) return undefined
    throw error
  }
}

/** A look at a container of this run. HARNESS_TARGET_FOREIGN for another's, HARNESS_TARGET_UNREACHABLE if gone. */
export async function inspectOwn(
  docker: Dockerode,
  containerId: string,
  runId: string,
): Promise<Dockerode.ContainerInspectInfo> {
  const info = await inspect(docker, containerId)
  if (info === undefined) {
    throw new HarnessError(
      'HARNESS_TARGET_UNREACHABLE',
      `expected the container ${containerId.slice(0, 12)} of run ${runId}, but the Engine does not know it`,
      'something else removed it; `docker events --since 10m` says what',
    )
  }
  refuseForeign(info, runId)
  return info
}

export function refuseForeign(info: Dockerode.ContainerInspectInfo, runId: string): void {
  const owner = info.Config.Labels?.[runLabel]
  if (owner === runId) return
  throw new HarnessError(
    'HARNESS_TARGET_FOREIGN',
    `expected a container with the label ${runLabel}=${runId}, got ${info.Name.replace(/^\//, '')} ` +
      `with ${owner === undefined ? 'no such label' : `${runLabel}=${owner}`}; it was not touched`,
    'faults may only touch what their own run has made; this is a defect of the topology that named it',
  )
}

/** The HTTP status of an error of the Engine; undefined for any other error. */
export function statusOf(error: unknown): number | undefined {
  const status = (error as { statusCode?: unknown } | null)?.statusCode
  return typeof status === 'number' ? status : undefined
}

export interface ExecResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

export interface ExecOptions {
  readonly user?: string
  readonly env?: readonly string[]
  readonly timeoutMs?: number
  /** Starts it and does not wait; the result is then empty, with exit code 0. */
  readonly detach?: boolean
}

// 30 s: an exec takes 0.1 s here and two on a machine that is busy starting Cassandra.
const execTimeoutMs = 30_000

/** Runs a command inside a container and reads it to its end. HARNESS_DEADLINE_PASSED if it does not end in time. */
export async function execIn(
  docker: Dockerode,
  containerId: string,
  argv: readonly string[],
  options: ExecOptions = {},
): Promise<ExecResult> {
  const { user, env, timeoutMs = execTimeoutMs, detach = false } = options
  const exec = await docker.getContainer(containerId).exec({
    Cmd: [...argv],
    AttachStdout: !detach,
    AttachStderr: !detach,
    ...(user === undefined ? {} : { User: user }),
    ...(env === undefined ? {} : { Env: [...env] }),
  })
  const stream = await exec.start({ Detach: detach, Tty: false })
  if (detach) {
    stream.resume()
    return { exitCode: 0, stdout: '', stderr: '' }
  }
  const stdout = collector()
  const stderr = collector()
  docker.modem.demuxStream(stream, stdout.sink, stderr.sink)
  await ended(stream as NodeJS.ReadableStream & { destroy(): void }, argv, timeoutMs)
  const { ExitCode } = await exec.inspect()
  return { exitCode: ExitCode ?? -1, stdout: stdout.text(), stderr: stderr.text() }
}

function collector() {
  const chunks: Buffer[] = []
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      chunks.push(chunk)
      done()
    },
  })
  return { sink, text: () => Buffer.concat(chunks).toString('utf8') }
}

function ended(
  stream: NodeJS.ReadableStream & { destroy(): void },
  argv: readonly string[],
  timeoutMs: number,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      stream.destroy()
      reject(
        new HarnessError(
          'HARNESS_DEADLINE_PASSED',
          `expected \`${argv.join(' ')}\` to end inside its container within ${timeoutMs} ms, but it did not`,
          'a paused or starved container answers no exec; `docker ps` says which are paused',
        ),
      )
    }, timeoutMs)
    const settle = (act: () => void) => () => {
      clearTimeout(timer)
      act()
    }
    stream.on('end', settle(resolve))
    stream.on('close', settle(resolve))
    stream.on('error', (error: Error) => settle(() => reject(error))())
  })
}

/** The containers of this run that are alike in the target's role: worker-1, worker-2, …, by their `seawall.name`. */
export async function membersOfRole(
  docker: Dockerode,
  runId: string,
  target: { readonly role: string; readonly containerId: string },
): Promise<readonly string[]> {
  const all = await docker.listContainers({ all: true, filters: { label: [`${runLabel}=${runId}`] } })
  const named = all
    .map(({ Id, Labels }) => ({ Id, name: Labels['seawall.name'] ?? '' }))
    .filter(({ Id, name }) => Id === target.containerId || name.replace(/-\d+$/, '') === target.role)
  return named.toSorted((one, other) => one.name.localeCompare(other.name)).map(({ Id }) => Id)
}

/** Why this Engine cannot set a limit, in words; undefined where it can. */
export async function engineLacks(
  feature: 'CpuCfsQuota' | 'MemoryLimit',
  docker: Dockerode = new Dockerode(),
): Promise<string | undefined> {
  try {
    const info = (await docker.info()) as Record<string, unknown>
    return info[feature] === true ? undefined : `the Engine says that its kernel lacks ${feature}`
  } catch (error) {
    return `no Engine answers: ${error instanceof Error ? error.message : error}`
  }
}
