import { describe, expect, it } from 'vitest'
import { closedLoop } from './closed-loop.ts'

const wish = { clients: 2, warmUpMs: 0, ms: 600_000 }

describe('a closed loop', () => {
  it('ends after so many pieces of work, whoever does them', async () => {
    let begun = 0
    const once = async () => {
      begun += 1
    }
    const { done } = await closedLoop([once, once], { ...wish, most: 11 })
    expect({ begun, done }).toEqual({ begun: 11, done: 11 })
  })

  it('counts nothing of what ends before the time that counts', async () => {
    const { done } = await closedLoop([async () => {}], { ...wish, warmUpMs: 600_000, most: 5 })
    expect(done).toBe(0)
  })

  it('fails with the first piece of work that fails', async () => {
    const refuse = async () => {
      throw new Error('expected 202, got 429')
    }
    await expect(closedLoop([refuse], wish)).rejects.toThrow('expected 202, got 429')
  })
})
