import { Command } from 'commander'
import { addCampaignCommand } from './commands/campaign.ts'
import { addCheckCommand } from './commands/check.ts'
import type { AddCommand, CommandIo } from './commands/command.ts'
import { addCompareCommand } from './commands/compare.ts'
import { addCompletionsCommand } from './commands/completions.ts'
import { addDemoCommand } from './commands/demo.ts'
import { addDocsCommand } from './commands/docs.ts'
import { addDoctorCommand } from './commands/doctor.ts'
import { addGateCommand } from './commands/gate.ts'
import { addListCommand } from './commands/list.ts'
import { addMonitoringCommand } from './commands/monitoring.ts'
import { addMutantsCommand } from './commands/mutants.ts'
import { addNightlyCommand } from './commands/nightly.ts'
import { addReplayCommand } from './commands/replay.ts'
import { addReportCommand } from './commands/report.ts'
import { addRunCommand } from './commands/run.ts'
import { addServiceCommand } from './commands/service.ts'
import { addSetupCommand } from './commands/setup.ts'
import { addShrinkCommand } from './commands/shrink.ts'
import { addSimulateCommand } from './commands/simulate.ts'
import { addStopCommand } from './commands/stop.ts'
import { addTierCommand } from './commands/tier.ts'
import { addTrendCommand } from './commands/trend.ts'

/** Every command, in the order in which the help shows them, with the words of its line there: one line of 80 columns. */
const commands: readonly (readonly [AddCommand, string])[] = [
  [addRunCommand, 'play an experiment on containers and give its verdict'],
  [addReplayCommand, 'play a recorded run again, with the same faults at the same times'],
  [addShrinkCommand, 'find the fewest faults that still break what a run broke'],
  [addCampaignCommand, 'walk through seeds, and keep the runs that fail'],
  [addStopCommand, 'end a run now: heal, write its record, remove its containers'],
  [addCheckCommand, 'judge a stored history, whoever wrote it'],
  [addListCommand, 'print a catalogue: experiments, faults, mutants, objectives'],
  [addDemoCommand, 'play the whole story in one process, without containers'],
  [addSimulateCommand, 'play runs of the service in one process, in virtual time'],
  [addMutantsCommand, 'play seeded bugs, and see whether each is caught'],
  [addNightlyCommand, 'play every experiment and every seeded bug on containers'],
  [addReportCommand, 'render the report of a stored run again'],
  [addTrendCommand, 'show the runs of the past, and how their objectives moved'],
  [addCompareCommand, 'say whether a run is worse than an earlier one'],
  [addGateCommand, 'say whether this commit may be released'],
  [addTierCommand, 'print the experiments of a tier'],
  [addMonitoringCommand, 'write Prometheus alert rules and a Grafana dashboard'],
  [addServiceCommand, 'start the order intake alone'],
  [addSetupCommand, 'install, start, pull and build what runs need'],
  [addDoctorCommand, 'say what this machine has, and what dead runs left behind'],
  [addDocsCommand, 'make the tables of the documentation anew'],
  [addCompletionsCommand, 'print the completions for bash, zsh or fish'],
]

/** The command line with all its commands. Nothing is read, written or ended but through `io`. */
export function frontDoor(io: CommandIo): Command {
  const program = new Command('seawall')
    .description(
      'Is anything lost, is anything done twice, and do the promises hold, when load spikes and things break?',
    )
    .usage('<command> [options]')
    // A line a command: what it takes is in its own help.
    .configureHelp({ subcommandTerm: (command) => command.name() })
    .configureOutput({ writeOut: io.write, writeErr: (text) => io.err(text.replace(/\n$/, '')) })
    .showSuggestionAfterError(true)
    .exitOverride()
  for (const [add, summary] of commands) {
    add(program, io)
    program.commands.at(-1)?.summary(summary)
  }
  return program
}
