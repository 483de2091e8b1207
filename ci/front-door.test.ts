import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { history } from '../chaos/history/build-history.ts'
import { recordFixture } from '../reports/record.fixture.ts'
import { reportsFixture } from '../reports/run-folder.fixture.ts'
import { frontDoor } from './front-door.ts'

const root = join(import.meta.dirname, '..')

/** The front door with what it printed. */
function door() {
  const printed = { out: '', err: '' }
  const program = frontDoor({
    out: (line) => {
      printed.out += `${line}\n`
    },
    err: (line) => {
      printed.err += `${line}\n`
    },
    write: (words) => {
      printed.out += words
    },
    env: {},
    isTerminal: false,
    columns: 80,
    signal: new AbortController().signal,
    exit: () => {},
  })
  return { program, printed }
}

const everyCommand = (command: Command): readonly Command[] => [
  command,
  ...command.commands.flatMap(everyCommand),
]
const nameOf = (command: Command): string =>
  command.parent === null ? command.name() : `${nameOf(command.parent)} ${command.name()}`
const commands = everyCommand(door().program).map((command) => [nameOf(command), command] as const)

describe('the command line', () => {
  it.each(commands)('has help for "%s" that fits a screen of 80 by 40', (_, command) => {
    command.configureOutput({ getOutHelpWidth: () => 80 })
    const lines = command.helpInformation().split('\n')
    expect(lines.length).toBeLessThanOrEqual(40)
    expect(lines.filter((line) => line.length > 80)).toEqual([])
    expect(command.description()).not.toBe('')
  })

  it('says what each command does on one line', () => {
    const { program } = door()
    program.configureOutput({ getOutHelpWidth: () => 80 })
    const help = program.helpInformation()
    for (const { name, summary } of program.commands.map((each) => ({
      name: each.name(),
      summary: each.summary(),
    })))
      expect(help).toMatch(new RegExp(`^  ${name} +${summary}$`, 'm'))
  })

  it('has --json for every command, and says that nothing else comes to standard output', () => {
    const without = commands
      .slice(1)
      .filter(([, command]) => !command.options.some(({ long }) => long === '--json'))
    expect(without.map(([name]) => name)).toEqual([])
  })

  it.each([
    ['list', 'experiments'],
    ['list', 'mutants'],
    ['tier', 'change'],
    ['trend', '--last', '3'],
    ['run', 'worker-killed', '--plan'],
    ['completions', 'zsh'],
    ['simulate', '--seeds', '1', '--trigger', 'calm'],
    ['mutants', '--list'],
  ])('prints JSON and nothing else: %s %s', async (...words) => {
    const { program, printed } = door()
    await program.parseAsync([...words, '--json'], { from: 'user' })
    expect(JSON.parse(printed.out)).toBeInstanceOf(Object)
  })

  it('prints JSON and nothing else of stored runs, of a history, and of what is running', async () => {
    await using reports = await reportsFixture()
    const record = recordFixture()
    const kept = history().submit('a').ok().finalRead(['a'])
    const folder = await reports.run(record, kept.lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    const at = ['--reports', reports.root]
    for (const words of [
      ['report', folder, ...at],
      ['replay', folder, '--plan', ...at],
      ['trend', ...at],
      ['compare', folder, folder, ...at],
      ['gate', folder, ...at],
      ['check', folder],
      ['stop', ...at],
      ['monitoring', '--to', join(reports.root, 'monitoring')],
    ]) {
      const { program, printed } = door()
      await program.parseAsync([...words, '--json'], { from: 'user' })
      expect(() => JSON.parse(printed.out), words[0]).not.toThrow()
      expect(printed.out.match(/\n/g), words[0]).toHaveLength(1)
    }
  })

  it('suggests what was probably meant, for commands and for options', async () => {
    for (const [words, meant] of [
      [['repot'], 'report'],
      [['run', 'spike', '--sed', '1'], '--seed'],
    ] as const) {
      const { program, printed } = door()
      await expect(program.parseAsync(words, { from: 'user' })).rejects.toThrow()
      expect(printed.err).toContain(`Did you mean ${meant}?`)
    }
  })

  it('ends quietly where nobody reads on: seawall list faults | head', async () => {
    const child = spawn(process.execPath, ['seawall.ts', 'list', 'faults', '--json'], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.destroy()
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'exit')])
    expect({ err, code }).toEqual({ err: '', code: 0 })
  })
})
