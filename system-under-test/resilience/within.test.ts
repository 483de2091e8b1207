import { describe, expect, it } from 'vitest'
import { ManualClock } from '../manual-clock.ts'
import { within } from './within.ts'

describe('waiting within a time', () => {
  it('gives what came in time', async () => {
    expect(await within(new ManualClock(), 100, Promise.resolve('here'))).toBe('here')
  })

  it('gives nothing after the time, and takes no harm from a late failure', async () => {
    const clock = new ManualClock()
    let fail: (error: Error) => void = () => {}
    const late = new Promise<string>((_resolve, reject) => {
      fail = reject
    })
    const waited = within(clock, 100, late)
    await clock.advance(100)
    expect(await waited).toBeUndefined()
    fail(new Error('late'))
    await clock.advance(1)
  })

  it('passes a failure on', async () => {
    await expect(within(new ManualClock(), 100, Promise.reject(new Error('no')))).rejects.toThrow('no')
  })
})
