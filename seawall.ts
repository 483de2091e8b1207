#!/usr/bin/env node
import { Command, CommanderError } from 'commander'
import { HarnessError } from './chaos/kernel/errors.ts'
import { exitCodes } from './chaos/kernel/exit-code.ts'
import { addCampaignCommand } from './ci/commands/campaign.ts'
import { addCheckCommand } from './ci/commands/check.ts'
import type { AddCommand, CommandIo } from './ci/commands/command.ts'
import { addCompareCommand } from './ci/commands/compare.ts'
import { addDemoCommand } from './ci/commands/demo.ts'
import { addDocsCommand } from './ci/commands/docs.ts'
import { addDoctorCommand } from './ci/commands/doctor.ts'
import { addGateCommand } from './ci/commands/gate.ts'
import { addListCommand } from './ci/commands/list.ts'
import { addMonitoringCommand } from './ci/commands/monitoring.ts'
import { addMutantsCommand } from './ci/commands/mutants.ts'
import { addNightlyCommand } from './ci/commands/nightly.ts'
import { addReplayCommand } from './ci/commands/replay.ts'
import { addReportCommand } from './ci/commands/report.ts'
import { addRunCommand } from './ci/commands/run.ts'
import { addServiceCommand } from './ci/commands/service.ts'
import { addSetupCommand } from './ci/commands/setup.ts'
import { addShrinkCommand } from './ci/commands/shrink.ts'
import { addSimulateCommand } from './ci/commands/simulate.ts'
import { addStopCommand } from './ci/commands/stop.ts'
import { addTierCommand } from './ci/commands/tier.ts'
import { addTrendCommand } from './ci/commands/trend.ts'

/** Every command, in the order in which the help shows them. */
const commands: readonly AddCommand[] = [
  addRunCommand,
  addReplayCommand,
  addShrinkCommand,
  addCampaignCommand,
  addStopCommand,
  addCheckCommand,
  addListCommand,
  addDemoCommand,
  addSimulateCommand,
  addMutantsCommand,
  addNightlyCommand,
  addReportCommand,
  addTrendCommand,
  addCompareCommand,
  addGateCommand,
  addTierCommand,
  addMonitoringCommand,
  addServiceCommand,
  addSetupCommand,
  addDoctorCommand,
  addDocsCommand,
]

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

const program = new Command('seawall')
  .description(
    'Is anything lost, is anything done twice, and do the promises hold, when load spikes and things break?',
  )
  .configureOutput({ writeErr: (text) => process.stderr.write(text) })
  .showSuggestionAfterError(true)
  .exitOverride()
for (const add of commands) add(program, io)

try {
  await program.parseAsync()
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
