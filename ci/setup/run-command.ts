import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'

export interface CommandEnd {
  readonly code: number
  /** The end of what it printed, both streams as they came; at most 64 KiB. */
  readonly output: string
}

export interface CommandOptions {
  readonly env?: Readonly<Record<string, string>>
  /** Everything printed is appended here too. */
  readonly logFile?: string
  readonly onLine?: (line: string) => void
  readonly signal?: AbortSignal
}

/** Runs a program to its end without a shell and without standard input. A program that is not there ends with 127. */
export type RunCommand = (
  command: string,
  args: readonly string[],
  options?: CommandOptions,
) => Promise<CommandEnd>

const outputBytesMax = 64 * 1024

export const runCommand: RunCommand = (command, args, options = {}) =>
  new Promise((resolve, reject) => {
    const log = options.logFile === undefined ? undefined : createWriteStream(options.logFile, { flags: 'a' })
    let output = ''
    const see = (chunk: Buffer) => {
      const text = chunk.toString()
      log?.write(text)
      output = (output + text).slice(-outputBytesMax)
      const line = text.trimEnd().split('\n').at(-1)
      if (line !== undefined && line !== '') options.onLine?.(line)
    }
    const child = spawn(command, args, {
      env: { ...process.env, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      signal: options.signal,
    })
    child.stdout.on('data', see)
    child.stderr.on('data', see)
    child.on('error', (error: NodeJS.ErrnoException) => {
      log?.end()
      if (error.code === 'ENOENT') resolve({ code: 127, output: `${command}: not found` })
      else reject(error)
    })
    child.on('close', (code) => {
      const end = () => resolve({ code: code ?? 1, output })
      // Whoever reads the log next finds all of it.
      if (log === undefined) end()
      else log.end(end)
    })
  })
