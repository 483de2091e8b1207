import { spawn } from 'node:child_process'
import { access, mkdir, open, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { realClock } from '../../chaos/kernel/clock.ts'
import { HarnessError, refuseProblems } from '../../chaos/kernel/errors.ts'
import { waitUntil } from '../../chaos/kernel/wait-until.ts'
import { canInstallPackages, installPackages } from './apt.ts'
import { defaultAddress, engineAnswers, isForbidden } from './engine-address.ts'
import type { Progress } from './progress.ts'
import { runCommand } from './run-command.ts'
import { setupFolder } from './setup-folder.ts'
import { enginePidFiles, isRunning, readPidFiles, staleFiles } from './stale-state.ts'

/** What making sure of an Engine asks of the machine; handed in, so that tests can stand in for it. */
export interface EngineHost {
  /** Set-ups with the same one do not install or start at the same time. */
  readonly lockName: string
  answers(address: string): Promise<boolean>
  /** Whether a socket is there that this user has no right to. */
  forbids(address: string): Promise<boolean>
  /** undefined if an Engine may be installed and started here, else why not. */
  whyNotInstall(): Promise<string | undefined>
  isInstalled(): Promise<boolean>
  install(): Promise<void>
  /** Starts it and waits until it answers at the default address. */
  start(): Promise<void>
}

interface HostOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  readonly progress: Progress
  readonly signal?: AbortSignal
}

export function engineHostOf(options: HostOptions): EngineHost {
  return {
    lockName: 'engine',
    answers: engineAnswers,
    forbids: isForbidden,
    whyNotInstall: () => whyNotInstall(options.env),
    isInstalled: async () => (await runCommand('dockerd', ['--version'])).code === 0,
    install: () => install(options),
    start: () => start(options),
  }
}

/** undefined if this machine may be given an Engine, else why not. */
export async function whyNotInstall(env: HostOptions['env']): Promise<string | undefined> {
  const word = env.SEAWALL_INSTALL ?? ''
  const problems = ['', 'never'].includes(word) ? [] : [`SEAWALL_INSTALL: expected never, got "${word}"`]
  refuseProblems('the environment', problems, 'set SEAWALL_INSTALL to never, or unset it')
  if (word === 'never') return 'SEAWALL_INSTALL=never forbids it'
  if (process.platform !== 'linux')
    return `this is ${process.platform}, and only Debian and its children are known`
  if (process.getuid?.() !== 0) return 'that needs root'
  return (await canInstallPackages()) ? undefined : 'this is no Debian (there is no apt-get)'
}

const packages = ['docker.io', 'iptables']

async function install({ progress, signal }: HostOptions): Promise<void> {
  const task = progress.task(`engine: installing ${packages.join(' and ')}`)
  try {
    await installPackages(packages, 'HARNESS_ENGINE_MISSING', { run: runCommand, note: task.note, signal })
    task.done('installed')
    progress.say(`engine: to undo that: apt-get remove ${packages.join(' ')}`)
  } catch (error) {
    task.failed()
    throw error
  }
}

/** dockerd answered 2 s after its start on two busy cores; a first start on a slow disk is given 45 times that. */
const startDeadlineMs = 90_000

async function start(options: HostOptions): Promise<void> {
  const task = options.progress.task('engine: starting')
  try {
    const undo = await startDaemon(options)
    task.done('answering')
    options.progress.say(`engine: to undo that: ${undo}`)
  } catch (error) {
    task.failed()
    throw error
  }
}

async function startDaemon({ progress, signal }: HostOptions): Promise<string> {
  if (await exists('/run/systemd/system')) {
    await runCommand('systemctl', ['start', 'docker'])
    await waitForEngine(signal, () => undefined, 'see `journalctl -u docker`')
    return 'systemctl stop docker'
  }
  const facts = await readPidFiles(enginePidFiles('/var/run'))
  for (const file of staleFiles(facts)) {
    progress.say(`engine: removing ${file}, left by an Engine that was ended`)
    await rm(file, { force: true })
  }
  if (isRunning(facts, 'dockerd')) {
    await waitForEngine(
      signal,
      () => undefined,
      'a dockerd is running here but does not answer: end it, or wait',
    )
    return 'it was starting already'
  }
  return spawnDaemon(signal)
}

async function spawnDaemon(signal: AbortSignal | undefined): Promise<string> {
  await mkdir(setupFolder, { recursive: true })
  const logFile = join(setupFolder, 'dockerd.log')
  const log = await open(logFile, 'w')
  // Detached: the Engine outlives this command, as one that a distribution starts would.
  const daemon = spawn('dockerd', [], { detached: true, stdio: ['ignore', log.fd, log.fd] })
  let ended: string | undefined
  daemon.on('error', (error) => {
    ended = error.message
  })
  daemon.on('exit', (code) => {
    ended = `dockerd ended with ${code}`
  })
  daemon.unref()
  await log.close()
  await waitForEngine(signal, () => ended, `its log is ${logFile}`, logFile)
  return `kill ${daemon.pid}`
}

async function waitForEngine(
  signal: AbortSignal | undefined,
  ended: () => string | undefined,
  hint: string,
  logFile?: string,
): Promise<void> {
  let end: string | undefined
  await waitUntil(
    async () => {
      end = ended()
      return end !== undefined || engineAnswers(defaultAddress)
    },
    { clock: realClock, what: 'the Docker Engine to answer', deadlineMs: startDeadlineMs, hint, signal },
  )
  if (end === undefined) return
  const words = logFile === undefined ? '' : `:\n  ${await lastLines(logFile)}`
  throw new HarnessError('HARNESS_ENGINE_MISSING', `the Docker Engine did not start: ${end}${words}`, hint)
}

async function lastLines(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.trim().split('\n').slice(-6).join('\n  ')
}

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
