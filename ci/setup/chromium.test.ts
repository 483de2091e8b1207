import { describe, expect, it } from 'vitest'
import { findChromium } from './chromium.ts'

describe('the browser of the tests', () => {
  it('is the one that the environment names, if it is there', async () => {
    expect(await findChromium({ SEAWALL_CHROMIUM: process.execPath })).toBe(process.execPath)
  })

  it('is none where the one that is named is not there, whatever else is installed', async () => {
    expect(await findChromium({ SEAWALL_CHROMIUM: `${process.execPath}-not` })).toBeUndefined()
  })
})
