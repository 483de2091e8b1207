import { describe, expect, it } from 'vitest'
import { spike } from './spike.ts'
import { vusFor, vusMax } from './virtual-users.ts'

describe('virtual users', () => {
  it('are as many as arrive while a client goes on asking', () => {
    expect(vusFor(spike({ basePerSecond: 10, peakPerSecond: 50, mix: { timeoutMs: 4_000 } }))).toBe(600)
  })

  it('are never more than the memory allows, and never none', () => {
    expect(vusFor(spike({ peakPerSecond: 50_000 }))).toBe(vusMax)
    expect(vusFor(spike({ basePerSecond: 0, peakPerSecond: 1, mix: { timeoutMs: 100 } }))).toBe(20)
  })
})
