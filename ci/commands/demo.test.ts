import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addDemoCommand } from './demo.ts'
import { type } from './io.fixture.ts'

const patienceMs = 180_000

describe('seawall demo', () => {
  let reports: string
  beforeAll(async () => {
    reports = await mkdtemp(join(tmpdir(), 'seawall-demo-'))
  })
  afterAll(() => rm(reports, { recursive: true, force: true }))

  it(
    'says that it is the demo, plays the whole story to a verdict, and leaves a report',
    async () => {
      const { out, exitCode } = await type(addDemoCommand, ['demo', '--seed', '7', '--reports', reports])
      expect(out).toMatch(/^This is the demo: .* in one process, with virtual time/)
      expect(out).toContain('f2 was felt')
      expect(out).toContain('PASS  demo  seed 7')
      expect(out).toMatch(/M01: A promise was broken: \d+ acknowledged orders are lost/)
      const [, page = ''] = /report: (\S+)/.exec(out) ?? []
      expect(existsSync(page)).toBe(true)
      expect(exitCode).toBe(0)
    },
    patienceMs,
  )

  it(
    'ends like the real one when a promise is broken, and prints the record with --json',
    async () => {
      const words = ['demo', '--seed', '7', '--mutant', 'M01', '--json', '--reports', reports]
      const { out, exitCode } = await type(addDemoCommand, words)
      expect(JSON.parse(out)).toMatchObject({
        experiment: 'demo',
        mutant: 'M01',
        verdict: 'fail',
        exitCode: 1,
      })
      expect(exitCode).toBe(1)
    },
    patienceMs,
  )

  it('refuses a seed that no file could be named after', async () => {
    await expect(type(addDemoCommand, ['demo', '--seed', 'a/b'])).rejects.toThrow('--seed must be')
  })
})
