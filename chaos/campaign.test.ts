import { describe, expect, it } from 'vitest'
import { type CampaignOptions, campaign } from './campaign.ts'
import { fakeClock } from './kernel/fake-clock.ts'
import type { Verdict } from './kernel/verdict.ts'

const clock = fakeClock()
const verdicts: Readonly<Record<string, Verdict>> = { s1: 'pass', s2: 'fail', s3: 'unknown', s4: 'fail' }
const options = (change: Partial<CampaignOptions> = {}): CampaignOptions => ({
  seeds: Object.keys(verdicts),
  forMs: 60_000,
  clock,
  signal: new AbortController().signal,
  tell: () => undefined,
  async runOnce(seed) {
    await clock.sleep(10_000)
    return { verdict: verdicts[seed] as Verdict, folder: `runs/${seed}`, sentence: '' }
  },
  ...change,
})
const play = (change: Partial<CampaignOptions> = {}) => clock.runUntilSettled(campaign(options(change)))
const seedsOf = (runs: readonly { seed: string }[]) => runs.map(({ seed }) => seed)

describe('a campaign', () => {
  it('plays every seed once and keeps those that failed, and those that proved nothing', async () => {
    const report = await play()
    expect(report.endedBy).toBe('seeds')
    expect([report.runs, report.failed, report.unknown].map(seedsOf)).toEqual([
      ['s1', 's2', 's3', 's4'],
      ['s2', 's4'],
      ['s3'],
    ])
  })

  it('begins no run when its time is over', async () => {
    const report = await play({ forMs: 15_000 })
    expect(report).toMatchObject({ endedBy: 'time' })
    expect(seedsOf(report.runs)).toEqual(['s1', 's2'])
  })

  it('ends after the run that an interrupt met', async () => {
    const controller = new AbortController()
    const report = await play({ signal: controller.signal, tell: () => controller.abort() })
    expect(report).toMatchObject({ endedBy: 'interrupt' })
    expect(report.runs.length).toBe(1)
  })

  it('has nothing to say without seeds', async () => {
    expect(await play({ seeds: [] })).toEqual({ runs: [], endedBy: 'seeds', failed: [], unknown: [] })
  })
})
