import { describe, expect, it } from 'vitest'
import { type } from './io.fixture.ts'
import { addServiceCommand } from './service.ts'

const redrive = (...words: string[]) => type(addServiceCommand, ['service', 'redrive', ...words])

describe('seawall service redrive', () => {
  it('tells every problem at once, and starts nothing', async () => {
    const words = [
      '--rate',
      '0',
      '--max',
      'all',
      '--reason',
      'poisom',
      '--before',
      'yesterday',
      '--send',
      '--dry-run',
    ]
    await expect(redrive(...words)).rejects.toThrow(
      /5 problem\(s\)[\s\S]*--rate[\s\S]*--max[\s\S]*did you mean poison\?[\s\S]*--before[\s\S]*contradict/,
    )
  })

  it('names the settings that make no sense', async () => {
    const wrong = type(addServiceCommand, ['service', 'redrive'], { env: { BROKER_PORT: 'x' } })
    await expect(wrong).rejects.toThrow(/BROKER_PORT/)
  })

  it('says where it looked for a broker that does not answer', async () => {
    const env = { BROKER_HOST: '127.0.0.1', BROKER_PORT: '1', CONNECT_TIMEOUT_MS: '50' }
    await expect(type(addServiceCommand, ['service', 'redrive'], { env })).rejects.toThrow(
      /HARNESS_DEADLINE_PASSED.*127\.0\.0\.1:1[\s\S]*BROKER_HOST/,
    )
  })
})

describe('seawall service', () => {
  it('refuses absurd numbers of processes', async () => {
    const started = type(addServiceCommand, ['service', '--api', '0', '--worker', '-1'])
    await expect(started).rejects.toThrow(/2 problem\(s\)[\s\S]*--api[\s\S]*--worker/)
  })
})
