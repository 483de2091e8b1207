import { describe, expect, it } from 'vitest'
import { type } from './io.fixture.ts'
import { addSimulateCommand } from './simulate.ts'

describe('seawall simulate', () => {
  it('plays many seeds and counts their verdicts', async () => {
    const words = ['simulate', '--seeds', '2', '--trigger', 'calm']
    const { out, exitCode } = await type(addSimulateCommand, words)
    expect(out).toMatch(/^2 runs: 2 pass, 0 fail, 0 unknown; [\d,]+ an hour\n$/)
    expect(exitCode).toBe(0)
  })

  it('prints the seed of each failure with the command that plays it again', async () => {
    const { out, exitCode } = await type(addSimulateCommand, ['simulate', '--seeds', '1', '--mutant', 'M23'])
    expect(out).toContain('acknowledged orders are lost')
    expect(out).toContain('replay: npm run simulate -- --mutant M23 --trigger store-away --seed 1')
    expect(exitCode).toBe(1)
  })

  it('prints everything that happened with --seed, the same each time', async () => {
    const words = ['simulate', '--seed', '5', '--trigger', 'apis-killed']
    const first = await type(addSimulateCommand, words)
    expect(first.out).toContain('api-1#2')
    expect(first.out).toContain('"event":"felt"')
    expect((await type(addSimulateCommand, words)).out).toBe(first.out)
  })

  it('plays a seed alone as it played it among others, beside the version before where the trigger wants that', async () => {
    const words = ['simulate', '--mutant', 'M64', '--json']
    const [among, alone] = [
      await type(addSimulateCommand, [...words, '--seeds', '1', '--from', '2']),
      await type(addSimulateCommand, [...words, '--seed', '2']),
    ]
    expect(JSON.parse(among.out)).toMatchObject({ fail: 1, notPassed: [{ seed: '2' }] })
    expect(alone.out).toBe(among.out)
  })

  it('refuses everything that is wrong at once', async () => {
    const words = ['simulate', '--seeds', 'many', '--from', '-3', '--history', 'x']
    await expect(type(addSimulateCommand, words)).rejects.toThrow(/3 problem.*--seeds.*--from.*--history/s)
    await expect(type(addSimulateCommand, ['simulate', '--trigger', 'clam'])).rejects.toThrow('calm')
  })
})
