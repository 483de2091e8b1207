import { spawnSync } from 'node:child_process'
import { Command } from 'commander'
import { describe, expect, it } from 'vitest'
import { commandTable } from '../completions/command-table.ts'
import { completionsFor, shells } from '../completions/shells.ts'
import { addCompletionsCommand } from './completions.ts'
import { type } from './io.fixture.ts'

function program(): Command {
  const seawall = new Command('seawall')
  seawall
    .command('run')
    .description("play it; that's all")
    .argument('[experiment]', 'which question')
    .option('--seed <text>', 'decides chance')
    .option('--mutant <id>', 'a seeded bug')
    .option('--plan', 'start nothing')
  const service = seawall.command('service').description('start it').option('--api <count>', 'how many')
  service.command('redrive').description('put back').option('--send', 'do it')
  seawall.command('tier').description('a tier').argument('<name>', 'which')
  return seawall
}

const known = { experiment: ['spike', 'worker-killed'], id: ['M01', 'M28'], 'tier name': ['smoke', 'change'] }
const table = commandTable(program(), known)

/** What a real bash offers at the end of these words. */
function offered(...words: string[]): string[] {
  const script = `${completionsFor('bash', table)}
COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _seawall; printf '%s\\n' "\${COMPREPLY[@]}"`
  // Without --norc bash may take its standard input for a connection from elsewhere, and read its start-up files first.
  const end = spawnSync('bash', ['--norc', '-uc', script, 'bash', 'seawall', ...words], { encoding: 'utf8' })
  expect(end.stderr).toBe('')
  return end.stdout.split('\n').filter((word) => word !== '')
}

describe('completions in bash', () => {
  it('offer commands, their options, and the words of their arguments', () => {
    expect(offered('')).toEqual(['run', 'service', 'tier'])
    expect(offered('r')).toEqual(['run'])
    expect(offered('run', 'w')).toEqual(['worker-killed'])
    expect(offered('run', 'spike', '--')).toEqual(['--seed', '--mutant', '--plan', '--help'])
    expect(offered('tier', '')).toEqual(['smoke', 'change'])
  })

  it('offer the values of an option, and leave texts and files to the shell', () => {
    expect(offered('run', 'spike', '--mutant', 'M2')).toEqual(['M28'])
    expect(offered('run', '--seed', '')).toEqual([])
  })

  it('follow commands of commands', () => {
    expect(offered('service', '')).toEqual(['redrive'])
    expect(offered('service', 'redrive', '--')).toEqual(['--send', '--help'])
    expect(offered('service', '--a')).toEqual(['--api'])
  })
})

describe('completions in every shell', () => {
  it.each(shells)('%s: name every command and every option', (shell) => {
    const script = completionsFor(shell, table)
    for (const word of ['run', 'service', 'redrive', 'tier', 'worker-killed', 'M28', 'smoke'])
      expect(script).toContain(word)
    for (const flag of ['seed', 'mutant', 'plan', 'api', 'send'])
      expect(script).toMatch(new RegExp(`(?:--|-l )${flag}\\b`))
  })

  it('quote what people write', () => {
    expect(completionsFor('zsh', table)).toContain(`'run:play it; that'\\''s all'`)
    expect(completionsFor('fish', table)).toContain(`-d 'play it; that\\'s all'`)
  })
})

describe('seawall completions', () => {
  it('prints a script, and names the shell that was probably meant', async () => {
    const { out } = await type(addCompletionsCommand, ['completions', 'bash'])
    expect(out).toContain('complete -o default -F _seawall seawall')
    await expect(type(addCompletionsCommand, ['completions', 'bsh'])).rejects.toThrow('did you mean bash')
  })
})
