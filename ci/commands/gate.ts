import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { Command } from 'commander'
import { HarnessError } from '../../chaos/kernel/errors.ts'
import { exitCodeOf } from '../../chaos/kernel/exit-code.ts'
import { findRun } from '../../reports/find-run.ts'
import { escapeMarkdown, escapeTerminal } from '../../reports/render/escape.ts'
import { readTrend } from '../../reports/trend/read-trend.ts'
import { namedRuns, storedRuns } from '../collect-gate-runs.ts'
import { type GateResult, judgeGate } from '../gate.ts'
import { parseGatePolicy } from '../gate-policy.ts'
import { annotations, appendStepSummary } from '../github.ts'
import { commitOf } from '../play/commit.ts'
import type { AddCommand, CommandIo } from './command.ts'

const root = resolve(import.meta.dirname, '../..')

interface GateOptions {
  readonly policy: string
  readonly commit?: string
  readonly json?: boolean
  readonly reports: string
}

/** `seawall gate [RUN...]`: may this commit be released, by what its runs came to? */
export const addGateCommand: AddCommand = (program: Command, io: CommandIo) => {
  program
    .command('gate')
    .argument('[run...]', 'runs that count; all stored ones of this commit if left out')
    .description('say whether this commit may be released, one line a reason')
    .option('--policy <file>', 'what must be true', resolve(root, 'ci/gate-policy.json'))
    .option('--commit <hash>', 'the commit to be released; the one that is checked out if left out')
    .option('--json', 'print the result as JSON, and nothing else, on standard output')
    .option('--reports <folder>', 'where run records are', resolve(root, 'reports'))
    .action((runs: string[], options: GateOptions) => gate(runs, options, io))
}

async function gate(names: readonly string[], options: GateOptions, io: CommandIo): Promise<void> {
  const policy = parseGatePolicy(await readPolicy(options.policy), options.policy)
  const commit = options.commit ?? (await commitOf(root))
  const runs =
    names.length === 0
      ? await storedRuns(options.reports, policy, commit)
      : await namedRuns(await Promise.all(names.map((name) => folderOf(options.reports, name))))
  const { rows } = await readTrend(options.reports)
  const result = judgeGate(policy, runs, { commit, now: new Date(), trend: rows })
  if (options.json) io.out(JSON.stringify(result))
  else {
    io.out(inWords(result))
    const list = result.lines.map(({ verdict, about, text }) => ({ verdict, title: `gate: ${about}`, text }))
    for (const line of annotations(list, io.env)) io.out(line)
  }
  await appendStepSummary(inMarkdown(result), io.env)
  io.exit(exitCodeOf(result.verdict))
}

async function readPolicy(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: Error) => {
    throw new HarnessError(
      'HARNESS_CONFIG_INVALID',
      `expected a policy at ${path}, and it cannot be read: ${error.message}`,
      'give --policy FILE; ci/gate-policy.json is one',
      { cause: error },
    )
  })
}

/** A name that leads nowhere is a run without a record: the gate says so in its own words. */
async function folderOf(reports: string, name: string): Promise<string> {
  return findRun(reports, name).catch(() => name)
}

const marks = { pass: '✓', fail: '✗', unknown: '?' } as const

function inWords({ verdict, lines }: GateResult): string {
  const reasons = lines.map(
    (line) => `  ${marks[line.verdict]} ${escapeTerminal(`${line.about} ${line.text}`)}`,
  )
  return [`gate: ${verdict}`, ...reasons].join('\n')
}

function inMarkdown({ verdict, lines }: GateResult): string {
  const rows = lines.map(
    (line) => `| ${marks[line.verdict]} | ${escapeMarkdown(line.about)} | ${escapeMarkdown(line.text)} |`,
  )
  return [`## Gate: ${verdict}`, '', '| | experiment | reason |', '| --- | --- | --- |', ...rows, ''].join(
    '\n',
  )
}
