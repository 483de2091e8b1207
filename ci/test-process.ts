import { spawn } from 'node:child_process'

export interface AttachedOptions {
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly minutesMax: number
}

export interface AttachedEnd {
  readonly code: number
  readonly problems: readonly string[]
}

/** How long a tool that was asked to end may take over it before it is killed. */
const graceMs = 20_000

/** Runs a tool with our own output and no standard input. One that takes too long is ended, and that is a problem. */
export function runAttached(
  tool: string,
  args: readonly string[],
  options: AttachedOptions,
): Promise<AttachedEnd> {
  const { cwd, env, minutesMax } = options
  return new Promise((resolve) => {
    const problems: string[] = []
    const child = spawn(tool, args, { cwd, env, stdio: ['ignore', 'inherit', 'inherit'] })
    let kill: NodeJS.Timeout | undefined
    const late = setTimeout(() => {
      problems.push(`${tool} ${args.join(' ')} was ended: it took longer than ${minutesMax} minutes`)
      child.kill('SIGTERM')
      kill = setTimeout(() => child.kill('SIGKILL'), graceMs)
    }, minutesMax * 60_000)
    const end = (code: number) => {
      clearTimeout(late)
      clearTimeout(kill)
      resolve({ code: problems.length > 0 && code === 0 ? 1 : code, problems })
    }
    child.on('error', (error) => {
      problems.push(`${tool} could not be started: ${error.message}`)
      end(1)
    })
    child.on('close', (code) => end(code ?? 1))
  })
}
