import { describe, expect, it } from 'vitest'
import { type ArrivalEnd, ArrivalLog } from './arrival-log.ts'
import { type PlayedArrival, PlayedHistory } from './played-history.ts'

function endOf(arrival: Omit<PlayedArrival, 'intendedMs'>): ArrivalEnd | undefined {
  const log = new ArrivalLog()
  for (const line of new PlayedHistory().arrival({ intendedMs: 10, ...arrival }).lines) log.see(line)
  return log.arrivals[0]?.end
}

const refusals = [400, 409, 413, 415, 422]

describe('an arrival', () => {
  it.each(refusals)('that is in order and refused with %i as if it were wrong is missed', (status) => {
    expect(endOf({ type: 'fail', status })).toBe('missed')
  })

  it.each(refusals)('that is wrong on purpose and refused with %i was rejected', (status) => {
    expect(endOf({ type: 'fail', status, wrong: { invalid: true } })).toBe('rejected')
    expect(endOf({ type: 'fail', status, wrong: { expect: 'dead-letter' } })).toBe('rejected')
  })

  it('that is wrong on purpose ends like any other where it was not refused for that', () => {
    const wrong = { invalid: true } as const
    expect(endOf({ wrong, type: 'ok', status: 202 })).toBe('accepted')
    expect(endOf({ wrong, type: 'fail', status: 429 })).toBe('shed')
    expect(endOf({ wrong, type: 'info', status: 500 })).toBe('missed')
    expect(endOf({ wrong, type: 'fail' })).toBe('missed')
  })
})
