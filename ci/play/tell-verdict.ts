import { renderTerminal } from '../../reports/render/terminal.ts'
import type { CommandIo } from '../commands/command.ts'
import type { PlayedRun } from './play-run.ts'

/** Prints what became of a run, for people or as JSON, and ends the command as the run ended. */
export function tellVerdict({ folder, record, exitCode }: PlayedRun, json: boolean, io: CommandIo): void {
  const color = io.isTerminal && io.env.NO_COLOR === undefined
  io.out(
    json
      ? JSON.stringify(record)
      : renderTerminal(record, { columns: io.columns, color, page: `${folder}/report.html` }),
  )
  io.exit(exitCode)
}
