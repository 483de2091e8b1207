import { describe, expect, it } from 'vitest'
import { maySentBefore } from './sent-before.ts'

const timings = { blocked: 0.005, connecting: 0, sending: 0.02, waiting: 3 }

describe('a request may have been sent before', () => {
  it('where there was no answer and something was written all the same', () => {
    expect(maySentBefore(0, { ...timings, waiting: 0 })).toBe(true)
    expect(maySentBefore(0, { ...timings, sending: 0 })).toBe(true)
  })

  it('not where nobody could be connected to', () => {
    expect(maySentBefore(0, { blocked: 0, connecting: 0, sending: 0, waiting: 0 })).toBe(false)
  })

  it('where it began on a used connection, and a new one was made for it later', () => {
    expect(maySentBefore(503, { ...timings, blocked: 0.3, sending: 40 })).toBe(true)
  })

  it('not where it had one connection, used or new, however long the answer took', () => {
    expect(maySentBefore(503, { ...timings, waiting: 900 })).toBe(false)
    expect(maySentBefore(503, { ...timings, blocked: 0.4, connecting: 0.3 })).toBe(false)
  })

  it('not because a busy machine took its time with one of the two', () => {
    expect(maySentBefore(429, { ...timings, blocked: 12 })).toBe(false)
    expect(maySentBefore(429, { ...timings, sending: 12 })).toBe(false)
  })
})
