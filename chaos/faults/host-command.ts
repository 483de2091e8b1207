import { execFile } from 'node:child_process'

export interface CommandResult {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** Runs a command of this host; handed in, so that what would be run can be tested without being root. */
export type RunCommand = (
  argv: readonly string[],
  options?: { readonly signal?: AbortSignal },
) => Promise<CommandResult>

// 30 s: iptables waits up to 10 s for its own lock (-w 10).
const timeoutMs = 30_000

/** Exit code 127 if there is no such command; never rejects but for an aborted signal. */
export const runCommand: RunCommand = ([file = '', ...args], { signal } = {}) =>
  new Promise((resolve, reject) => {
    execFile(file, args, { timeout: timeoutMs, signal }, (error, stdout, stderr) => {
      if (signal?.aborted) return reject(signal.reason)
      if (error === null) return resolve({ exitCode: 0, stdout, stderr })
      const missing = error.code === ('ENOENT' as unknown)
      const exitCode = missing ? 127 : typeof error.code === 'number' ? error.code : 1
      resolve({ exitCode, stdout, stderr: stderr || error.message })
    })
  })

/** The way in which a fault runs commands of this host. */
export function commandsOf(context: { readonly run?: RunCommand }): RunCommand {
  return context.run ?? runCommand
}
