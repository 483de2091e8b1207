import { describe, expect, it } from 'vitest'
import type { Shown } from '../mutants/shown-where.ts'
import { type } from './io.fixture.ts'
import { addMutantsCommand } from './mutants.ts'

describe('seawall mutants', () => {
  it('prints the matrix and the control, and ends well when all is as it should be', async () => {
    const { out, exitCode } = await type(addMutantsCommand, ['mutants', '--only', 'M23', '--seeds', '1'])
    expect(out).toContain('✓ M23  lost')
    expect(out).toContain('✓ honest  accused 0 of 1 under store-away')
    expect(out).toContain('1 of 1 mutants caught as what they are')
    expect(exitCode).toBe(0)
  })

  it('prints JSON and nothing else on standard output with --json', async () => {
    const { out } = await type(addMutantsCommand, ['mutants', '--only', 'M23', '--seeds', '1', '--json'])
    expect(JSON.parse(out)).toMatchObject({ format: 'seawall-mutants', mutants: [{ id: 'M23', caught: 1 }] })
  })

  it('refuses an unknown mutant with the near ones, and a number of seeds that is none', async () => {
    await expect(type(addMutantsCommand, ['mutants', '--only', 'M88'])).rejects.toThrow('M08')
    await expect(type(addMutantsCommand, ['mutants', '--seeds', '-1'])).rejects.toThrow('--seeds must be')
  })

  it('refuses one seed and many', async () => {
    const words = ['mutants', '--seed', '7', '--seeds', '2']
    await expect(type(addMutantsCommand, words)).rejects.toThrow('exclude each other')
  })

  it('says of every mutant of the design where it is shown, or what that waits for', async () => {
    const { out } = await type(addMutantsCommand, ['mutants', '--list', '--json'])
    const shown = JSON.parse(out) as Shown[]
    expect(shown.length).toBeGreaterThanOrEqual(58)
    for (const { id, simulation, containers, waitsFor } of shown)
      expect([id, simulation ?? containers ?? waitsFor]).not.toContain(undefined)
    expect(shown.find(({ id }) => id === 'M01')).toMatchObject({ containers: 'publishes-vanish' })
    expect(shown.find(({ id }) => id === 'M24')?.waitsFor).toContain('Kafka')
  })

  it('lists what each one does without playing any', async () => {
    const { out } = await type(addMutantsCommand, ['mutants', '--list', '--only', 'M28'])
    expect(out).toContain('stands for: automatic acknowledgement at the head of the handler')
  })
})
