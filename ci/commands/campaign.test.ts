import { describe, expect, it } from 'vitest'
import { addCampaignCommand } from './campaign.ts'
import { type as typeCommand } from './io.fixture.ts'

const type = (...words: string[]) => typeCommand(addCampaignCommand, ['campaign', ...words])

describe('seawall campaign', () => {
  it('refuses what is impossible, all of it at once, before anything starts', async () => {
    await expect(type('--seeds', '0', '--for', 'soon', '--from', '-1')).rejects.toThrow(
      /3 problem.*--seeds must be a whole number.*--from must be.*--for must be a time/s,
    )
  })

  it('refuses an experiment that does not exist', async () => {
    await expect(type('spyke')).rejects.toThrow(/HARNESS_NAME_UNKNOWN: .*"spyke"/)
  })
})
