import { describe, expect, it } from 'vitest'
import { experimentFor, runChoices } from './run-choices.ts'

const words = { system: 'orders', reports: 'reports' }

describe('the choices of a run', () => {
  it('names every problem at once, and starts nothing', () => {
    const wrong = { ...words, seed: 'a b', base: '-3', peak: 'many', hold: 'long', system: 'ordes' }
    expect(() => runChoices('spike', wrong)).toThrow(/5 problem\(s\)/)
  })

  it('refuses a peak below the base', () => {
    const choices = runChoices('spike', { ...words, base: '300', peak: '200' })
    expect(() => experimentFor(choices)).toThrow(/peakPerSecond must be at least basePerSecond/)
  })

  it('refuses a mutant of the service before its redesign', () => {
    expect(() => runChoices('spike', { ...words, system: 'fragile', mutant: 'M28' })).toThrow(
      /cannot be combined/,
    )
  })

  it('judges no alerts of the service before its redesign, which has none', () => {
    const choices = (system: string) => runChoices('store-link-cut', { ...words, system })
    expect(experimentFor(choices('orders')).alerts?.mustFire).toHaveLength(1)
    expect(experimentFor(choices('fragile')).alerts).toBeUndefined()
  })

  it('shapes the load of the spike only', () => {
    expect(() => runChoices('worker-killed', { ...words, peak: '100' })).toThrow(/has a load of its own/)
  })

  it('draws a seed where none is given', () => {
    expect(runChoices('spike', words).seed).toMatch(/^[0-9a-f]{4}$/)
  })
})
