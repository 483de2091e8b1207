import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import type { Command } from 'commander'
import { replaceFile } from '../../reports/write-record.ts'
import { monitoringFiles } from '../monitoring-files.ts'
import type { AddCommand, CommandIo } from './command.ts'

/** `seawall monitoring`: alert rules with their tests, and a dashboard, from the objectives that runs are judged by. */
export const addMonitoringCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('monitoring')
    .description(
      'write Prometheus alert rules with their tests, and a Grafana dashboard, from the objectives',
    )
    .option('--to <folder>', 'where to', resolve(import.meta.dirname, '../../reports/monitoring'))
    .option('--json', 'print the paths as a JSON list, and nothing else, on standard output')
    .action(async (options: { readonly to: string; readonly json?: boolean }) => {
      await mkdir(options.to, { recursive: true })
      const paths: string[] = []
      for (const [name, text] of monitoringFiles()) {
        paths.push(join(options.to, name))
        await replaceFile(join(options.to, name), text)
      }
      io.out(options.json ? JSON.stringify(paths) : paths.join('\n'))
    })
}
