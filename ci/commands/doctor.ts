import { faultKinds } from '../../chaos/faults/list.ts'
import { exitCodes } from '../../chaos/kernel/exit-code.ts'
import { healResidue } from '../../chaos/safety/residue.ts'
import { type Examination, examine, type Finding } from '../setup/examine.ts'
import type { AddCommand, CommandIo } from './command.ts'

const marks = { ok: 'ok     ', missing: 'missing', cannot: 'cannot ', note: 'note   ' } as const

/**
 * `seawall doctor`: what is there, what is missing, what faults can do here, what earlier runs left behind.
 * Changes nothing without `--heal`. Exits 64 if a run could not begin here, even after setting up.
 */
export const addDoctorCommand: AddCommand = (program, io) => {
  program
    .command('doctor')
    .description('say what this machine has and lacks, what its faults can do, and what earlier runs left')
    .option('--heal', 'remove what dead runs left behind')
    .option('--json', 'print the findings as JSON')
    .action(async (options: { readonly heal?: boolean; readonly json?: boolean }) => {
      const examination = await examine(io.env, faultKinds)
      if (options.json) io.out(JSON.stringify(examination.findings))
      else for (const finding of examination.findings) io.out(lineOf(finding))
      if (options.heal) await heal(examination, io)
      if (examination.findings.some((finding) => finding.state === 'missing' && !finding.madeBySetup)) {
        io.exit(exitCodes.usage.code)
      }
    })
}

function lineOf({ state, about, detail, hint }: Finding): string {
  const next = hint === undefined ? '' : `\n${' '.repeat(34)}Hint: ${hint}`
  return `${marks[state]}  ${about.padEnd(24)} ${detail}${next}`
}

async function heal({ docker, residue }: Examination, io: CommandIo): Promise<void> {
  if (docker === undefined) return
  const { removed, left } = await healResidue(docker, residue)
  for (const one of removed) io.err(`removed ${one}`)
  for (const one of left) io.err(`could not remove ${one}`)
  if (left.length > 0) io.exit(exitCodes.internal.code)
}
