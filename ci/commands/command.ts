import type { Command } from 'commander'
import type { ExitCode } from '../../chaos/kernel/exit-code.ts'

/** The world of a command: where it writes and what it may know. Handed in, so that tests can read it. */
export interface CommandIo {
  out(text: string): void
  err(text: string): void
  /** Standard output as it is, without a newline added. */
  write(text: string): void
  readonly env: Readonly<Record<string, string | undefined>>
  readonly isTerminal: boolean
  readonly columns: number
  /** Aborted at the first Ctrl-C or SIGTERM. */
  readonly signal: AbortSignal
  /** Says how the process is to end; the last call counts. */
  exit(code: ExitCode): void
}

/**
 * Adds one command to the front door. One file a command in this folder: `check.ts` exports `addCheckCommand`.
 * Handlers throw HarnessError for what the caller did wrong; the front door prints it and exits with its code.
 * With `--json` standard output has the JSON and nothing else; progress goes to `io.err`.
 */
export type AddCommand = (program: Command, io: CommandIo) => void
