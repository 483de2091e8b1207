import { Command } from 'commander'
import type { AddCommand, CommandIo } from './command.ts'

export interface Typed {
  readonly out: string
  readonly err: string
  readonly exitCode: number
}

/** Types a command at a front door that has only this one, and gives what it printed and how it ended. */
export async function type(
  add: AddCommand,
  words: readonly string[],
  world: {
    readonly env?: CommandIo['env']
    readonly isTerminal?: boolean
    /** Ctrl-C, for a command that runs until then. */
    readonly signal?: AbortSignal
    /** Told each line of standard output as it comes. */
    readonly see?: (line: string) => void
  } = {},
): Promise<Typed> {
  const printed = { out: '', err: '' }
  let exitCode = 0
  const program = new Command('seawall').exitOverride()
  add(program, {
    out: (text) => {
      printed.out += `${text}\n`
      world.see?.(text)
    },
    err: (text) => {
      printed.err += `${text}\n`
    },
    write: (text) => {
      printed.out += text
    },
    env: world.env ?? {},
    isTerminal: world.isTerminal ?? false,
    columns: 100,
    signal: world.signal ?? new AbortController().signal,
    exit: (code) => {
      exitCode = code
    },
  })
  await program.parseAsync(words, { from: 'user' })
  return { ...printed, exitCode }
}
