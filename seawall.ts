#!/usr/bin/env node
import { CommanderError } from 'commander'
import { HarnessError } from './chaos/kernel/errors.ts'
import { exitCodes } from './chaos/kernel/exit-code.ts'
import type { CommandIo } from './ci/commands/command.ts'
import { frontDoor } from './ci/front-door.ts'

const interrupted = new AbortController()
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  // A second one changes nothing: what is broken is being healed, and that is not to be skipped.
  process.on(signal, () => interrupted.abort(new Error(`${signal} was received`)))
}

const io: CommandIo = {
  out: (text) => process.stdout.write(`${text}\n`),
  err: (text) => process.stderr.write(`${text}\n`),
  write: (text) => process.stdout.write(text),
  env: process.env,
  isTerminal: process.stdout.isTTY === true && process.env.CI === undefined,
  columns: process.stdout.columns ?? 100,
  signal: interrupted.signal,
  exit: (code) => {
    process.exitCode = code
  },
}

for (const stream of [process.stdout, process.stderr]) {
  // Whoever read it has gone: `seawall list faults | head`. What was begun goes on to its end, heal and record included.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
}

try {
  await frontDoor(io).parseAsync()
} catch (error) {
  process.exitCode = exitCodeOf(error)
}

function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage.code
  if (error instanceof HarnessError) {
    io.err(error.message)
    return error.exitCode
  }
  io.err(error instanceof Error ? (error.stack ?? error.message) : String(error))
  io.err('Hint: this is a defect of Seawall; `npm run doctor` finds and heals whatever the run left behind')
  return exitCodes.internal.code
}
